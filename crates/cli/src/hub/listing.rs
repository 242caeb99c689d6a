//! The files of a model, as the hub lists them.

use serde::Deserialize;

use super::name::is_name;

/// A version of a model, and its files.
#[derive(Debug)]
pub(super) struct Listing {
    /// The id of the version.
    pub(super) commit: String,
    pub(super) files: Vec<File>,
}

/// A file, and what identifies its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// The path in the repository.
    pub(super) path: String,
    pub(super) size: u64,
    pub(super) checksum: Checksum,
}

/// The checksum of a file, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Checksum {
    /// SHA-256 of the content: of large files.
    Sha256(String),
    /// SHA-1 of the blob of git: of small files.
    GitBlob(String),
}

impl Checksum {
    pub(super) fn digits(&self) -> &str {
        match self {
            Self::Sha256(digits) | Self::GitBlob(digits) => digits,
        }
    }
}

#[derive(Deserialize)]
struct Response {
    sha: String,
    #[serde(default)]
    siblings: Vec<Sibling>,
}

#[derive(Deserialize)]
struct Sibling {
    rfilename: String,
    size: Option<u64>,
    #[serde(rename = "blobId")]
    blob_id: Option<String>,
    lfs: Option<Lfs>,
}

#[derive(Deserialize)]
struct Lfs {
    sha256: String,
    size: u64,
}

impl Listing {
    /// Reads the hub's description of a model. Files whose paths could leave a folder, or without
    /// size and checksum, are left out.
    pub(super) fn parse(body: &[u8]) -> Result<Self, String> {
        let response: Response = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        if !is_name(&response.sha) {
            return Err("the id of the version is invalid".to_owned());
        }
        Ok(Self {
            commit: response.sha,
            files: response.siblings.into_iter().filter_map(file).collect(),
        })
    }
}

fn file(sibling: Sibling) -> Option<File> {
    if !sibling.rfilename.split('/').all(is_name) {
        return None;
    }
    let (size, checksum) = match (sibling.lfs, sibling.size, sibling.blob_id) {
        (Some(lfs), ..) => (lfs.size, Checksum::Sha256(lfs.sha256)),
        (None, Some(size), Some(id)) => (size, Checksum::GitBlob(id)),
        _ => return None,
    };
    let length = match checksum {
        Checksum::Sha256(_) => 64,
        Checksum::GitBlob(_) => 40,
    };
    let digits = checksum.digits();
    let is_hex = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then_some(File {
        path: sibling.rfilename,
        size,
        checksum,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Checksum, Listing};

    #[test]
    fn files_outside_of_the_folder_and_unknown_contents_are_left_out() {
        let sha1 = "0".repeat(40);
        let body = json!({"sha": "abc", "id": "a/b", "siblings": [
            {"rfilename": "config.json", "size": 3, "blobId": sha1},
            {"rfilename": "../config.json", "size": 3, "blobId": sha1},
            {"rfilename": "/config.json", "size": 3, "blobId": sha1},
            {"rfilename": "a//b.json", "size": 3, "blobId": sha1},
            {"rfilename": "a\\..\\b.json", "size": 3, "blobId": sha1},
            {"rfilename": "short.json", "size": 3, "blobId": "00"},
            {"rfilename": "path.json", "size": 3, "blobId": "../".repeat(13) + "a"},
            {"rfilename": "unknown.json"},
            {"rfilename": "onnx/model.onnx", "size": 1, "blobId": sha1,
                "lfs": {"sha256": "a".repeat(64), "size": 9, "pointerSize": 1}},
        ]});
        let listing = Listing::parse(body.to_string().as_bytes()).unwrap();
        let paths: Vec<_> = listing
            .files
            .iter()
            .map(|file| file.path.as_str())
            .collect();
        assert_eq!(paths, ["config.json", "onnx/model.onnx"]);
        assert_eq!(listing.files[1].checksum, Checksum::Sha256("a".repeat(64)));
        assert_eq!(listing.files[1].size, 9);
        for body in ["", "[]", "{}", r#"{"sha":"../x"}"#, r#"{"sha":""}"#] {
            assert!(Listing::parse(body.as_bytes()).is_err(), "{body}");
        }
    }
}
