//! How many tokens a model reads.

use crate::folder::{Config, Folder};

/// Returns the tokens that the model reads at most: the least of what the tokenizer, the positions
/// of the model and the caller allow.
pub(crate) fn limit(folder: &Folder, wanted: usize) -> usize {
    let limits = [folder.tokenizer_limit, positions(&folder.config)];
    limits.into_iter().flatten().fold(wanted, usize::min)
}

/// The positions that texts can have. RoBERTa and its kin begin to count after the padding token.
fn positions(config: &Config) -> Option<usize> {
    let positions = config.max_position_embeddings?;
    Some(positions.saturating_sub(first_position(config)))
}

/// Returns the position of the first token.
pub(crate) fn first_position(config: &Config) -> usize {
    let kinds = ["roberta", "camembert", "mpnet", "longformer", "xmod"];
    let is_offset = kinds.iter().any(|kind| config.model_type.contains(kind));
    if is_offset {
        config.pad_token_id.unwrap_or(1).saturating_add(1)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, first_position, positions};

    #[test]
    fn kin_of_roberta_have_fewer_positions_than_their_table() {
        let config = |model_type: &str, pad_token_id| Config {
            model_type: model_type.to_owned(),
            max_position_embeddings: Some(514),
            pad_token_id,
        };
        assert_eq!(positions(&config("xlm-roberta", Some(1))), Some(512));
        assert_eq!(positions(&config("roberta", None)), Some(512));
        assert_eq!(positions(&config("bert", Some(0))), Some(514));
        assert_eq!(positions(&Config::default()), None);
        assert_eq!(first_position(&config("xlm-roberta", Some(1))), 2);
        assert_eq!(first_position(&config("bert", Some(0))), 0);
    }
}
