//! Proof Key for Code Exchange (RFC 7636), method S256; and other texts that nobody can guess.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::ports::Entropy;

/// `length` unpredictable bytes as base64url without padding.
pub(super) fn unguessable(entropy: &impl Entropy, length: usize) -> String {
    let mut bytes = vec![0; length];
    entropy.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(&bytes)
}

/// A code verifier of 32 unpredictable bytes, 43 characters (RFC 7636, section 4.1).
pub(super) fn new_verifier(entropy: &impl Entropy) -> String {
    unguessable(entropy, 32)
}

/// The S256 challenge of a verifier (RFC 7636, section 4.2).
pub(super) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Appendix;

    impl Entropy for Appendix {
        /// The octets of RFC 7636, Appendix B.
        fn fill(&self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&[
                116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214,
                191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
            ]);
        }
    }

    #[test]
    fn agrees_with_appendix_b_of_rfc_7636() {
        let verifier = new_verifier(&Appendix);
        assert_eq!(verifier, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
