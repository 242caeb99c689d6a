//! Synthetic contracts of any size in the form of the real one, to measure how generators scale.

use std::fmt::Write as _;

/// Returns a contract with this many operations, each with its own request and response.
pub(crate) fn contract(operations: usize) -> String {
    let mut text = "\
openapi: 3.0.3
info:
  title: Synthetic
  version: '1'
servers:
  - url: https://example.com/api
security:
  - key: []
paths:
"
    .to_owned();
    for number in 1..=operations {
        let _ = write!(text, "{}", operation(number));
    }
    text += "\
components:
  securitySchemes:
    key:
      type: http
      scheme: bearer
  schemas:
";
    for number in 1..=operations {
        text += &schemas(number);
    }
    text
}

fn operation(number: usize) -> String {
    format!(
        "  /items/{{item}}/thing{number}:
    post:
      operationId: make_thing{number}
      summary: Make thing {number}
      description: Takes what thing {number} is to be, and answers with what it became.
      parameters:
        - name: item
          in: path
          required: true
          schema:
            type: string
        - name: limit
          in: query
          description: How many at most.
          schema:
            type: integer
            format: int64
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/ThingRequest{number}'
      responses:
        '200':
          description: What thing {number} became.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ThingResponse{number}'
"
    )
}

fn schemas(number: usize) -> String {
    format!(
        "    ThingRequest{number}:
      type: object
      description: What thing {number} is to be.
      required: [name, parts]
      properties:
        name:
          type: string
          description: What it is called.
          maxLength: 4096
        parts:
          type: array
          description: What it is made of.
          maxItems: 128
          items:
            type: string
        count:
          type: integer
          format: int64
          description: How many there are.
        quick:
          type: boolean
          description: Whether it is made in haste.
    ThingResponse{number}:
      type: object
      description: What thing {number} became.
      required: [id, results]
      properties:
        id:
          type: string
          description: Its number.
        created:
          type: integer
          format: int64
          description: When it was made.
        results:
          type: array
          description: Its results.
          items:
            $ref: '#/components/schemas/ThingResult{number}'
    ThingResult{number}:
      type: object
      description: A result of thing {number}.
      required: [index, score]
      properties:
        index:
          type: integer
          format: int64
          description: Which part it is about.
        score:
          type: number
          format: double
          description: How good it is.
        text:
          type: string
          description: The part itself.
"
    )
}
