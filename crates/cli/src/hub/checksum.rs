//! Checksums, computed while a file arrives.

use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::listing::{Checksum, File};

/// The state of a checksum.
#[derive(Clone)]
pub(super) enum Hasher {
    Sha256(Sha256),
    GitBlob(Sha1),
}

impl Hasher {
    pub(super) fn new(file: &File) -> Self {
        match file.checksum {
            Checksum::Sha256(_) => Self::Sha256(Sha256::new()),
            // Git computes it over the size and the content.
            Checksum::GitBlob(_) => {
                let head = format!("blob {}\0", file.size);
                Self::GitBlob(Sha1::new_with_prefix(head))
            }
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::GitBlob(hasher) => hasher.update(bytes),
        }
    }

    /// Whether the content so far is that of the file.
    pub(super) fn matches(self, file: &File) -> bool {
        let digest = match self {
            Self::Sha256(hasher) => hasher.finalize().to_vec(),
            Self::GitBlob(hasher) => hasher.finalize().to_vec(),
        };
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        digits.eq_ignore_ascii_case(file.checksum.digits())
    }
}

#[cfg(test)]
mod tests {
    use super::{Checksum, File, Hasher};

    #[test]
    fn checksums_are_those_of_git_and_of_sha_256() {
        // git hash-object and sha256sum of "tea\n".
        for checksum in [
            Checksum::GitBlob("a01ebc374d00a6e64f55100ae31cf6aef8858f10".to_owned()),
            Checksum::Sha256(
                "b49c876df8b640bda8d61932383cbb787236104f12ebfaf1007ea6dcc11d64aa".to_owned(),
            ),
        ] {
            let file = File {
                path: "a".to_owned(),
                size: 4,
                checksum,
            };
            let mut hasher = Hasher::new(&file);
            hasher.update(b"te");
            hasher.update(b"a\n");
            assert!(hasher.clone().matches(&file));
            hasher.update(b"\n");
            assert!(!hasher.matches(&file));
        }
    }
}
