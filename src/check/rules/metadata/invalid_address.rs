//! `invalid-address`

use sha3::{Digest, Keccak256};

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Spanned};

declare_rule! {
    /// An address of `contracts` that its chain cannot have.
    ///
    /// ## Why
    ///
    /// Readers look addresses up, send them to others and put them on lists of what not to touch. One digit off, and it is somebody else's
    /// address, or nobody's.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// contracts:
    ///   - chain: ethereum
    ///     address: "0x863DF6BFa4469f3ead0bE8f9F2AAE51c91A907b5"
    /// ```
    ///
    /// ## Instead
    ///
    /// Copy the address from an explorer of the chain. The capitals of an Ethereum address are its checksum (EIP-55), so that a wrong digit
    /// shows; written in one case throughout it has none, and is taken as it is.
    ///
    /// ```yaml
    /// contracts:
    ///   - chain: ethereum
    ///     address: "0x863DF6BFa4469f3ead0bE8f9F2AAE51c91A907b4"
    /// ```
    ///
    /// Ethereum and the chains that took its addresses over are judged, and Solana; others are not.
    static INVALID_ADDRESS = { name: "invalid-address", group: Metadata, level: Error, run: Run::Document(find) }
}

/// Chains with the addresses of Ethereum, in lower case without blanks and signs.
const LIKE_ETHEREUM: &[&str] = &[
    "arbitrum",
    "arbitrumnova",
    "arbitrumone",
    "aurora",
    "avalanche",
    "avalanchecchain",
    "base",
    "berachain",
    "binancesmartchain",
    "blast",
    "bnb",
    "bnbchain",
    "bnbsmartchain",
    "boba",
    "bsc",
    "celo",
    "cronos",
    "eth",
    "ethereum",
    "ethereumclassic",
    "ethereummainnet",
    "fantom",
    "gnosis",
    "gnosischain",
    "goerli",
    "harmony",
    "holesky",
    "hoodi",
    "kava",
    "linea",
    "mainnet",
    "manta",
    "mantle",
    "metis",
    "mode",
    "moonbeam",
    "moonriver",
    "opbnb",
    "optimism",
    "opmainnet",
    "polygon",
    "polygonpos",
    "polygonzkevm",
    "ronin",
    "scroll",
    "sepolia",
    "sonic",
    "taiko",
    "unichain",
    "worldchain",
    "xdai",
    "zora",
    "zksync",
    "zksyncera",
];

/// Chains with the addresses of Solana.
const LIKE_SOLANA: &[&str] = &["solana", "solanamainnet", "solanadevnet", "eclipse"];

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let on_chain = postmortem.records.contracts.iter().filter_map(|contract| Some((contract.chain.as_ref()?, &contract.addresses)));
    on_chain.flat_map(|(chain, addresses)| addresses.iter().filter_map(|address| of_address(subject, chain, address))).collect()
}

fn of_address(subject: &Subject<'_>, chain: &str, address: &Spanned<String>) -> Option<Diagnostic> {
    let Spanned { value: written, span } = address;
    let is_answer = ["none", "unknown", "n/a"].iter().any(|word| written.to_lowercase().starts_with(word));
    let wrong = wrong(chain, written).filter(|_| !is_answer)?;
    let finding = INVALID_ADDRESS.finding(&subject.head().path, *span, format!("`{written}` is no address of `{chain}`: {wrong}"));
    Some(finding.help("copy it from an explorer of the chain"))
}

/// What is wrong with an address, to follow a colon.
fn wrong(chain: &str, address: &str) -> Option<String> {
    let folded: String = chain.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if LIKE_ETHEREUM.contains(&folded.as_str()) {
        return wrong_ethereum(address);
    }
    LIKE_SOLANA.contains(&folded.as_str()).then(|| wrong_solana(address)).flatten()
}

/// `0x` and forty hexadecimal digits; where letters of both cases stand among them, the checksum of EIP-55. A chain may be named before
/// the address (`eth:0x…`, ERC-3770).
fn wrong_ethereum(address: &str) -> Option<String> {
    let address = address.rsplit_once(':').map_or(address, |(_, address)| address);
    let Some(digits) = address.strip_prefix("0x").or_else(|| address.strip_prefix("0X")) else {
        return Some("it does not begin with `0x`".to_owned());
    };
    if let Some(other) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
        return Some(format!("`{other}` is no hexadecimal digit"));
    }
    if digits.len() != 40 {
        return Some(format!("it has `{}` digits and not `40`", digits.len()));
    }
    let is_mixed = digits.contains(|c: char| c.is_ascii_lowercase()) && digits.contains(|c: char| c.is_ascii_uppercase());
    let right = with_checksum(digits);
    let mut wrong = digits.chars().zip(right.chars()).enumerate().filter(|(_, (digit, right))| digit != right);
    match (wrong.next().filter(|_| is_mixed)?, wrong.next()) {
        ((place, (digit, right)), None) => Some(format!("its checksum wants `{right}` at digit `{}`, which is `{digit}`", place + 1)),
        _ => Some("its checksum fails, so that at least one digit is wrong".to_owned()),
    }
}

/// Hexadecimal digits in the case that EIP-55 gives them.
fn with_checksum(digits: &str) -> String {
    let lower = digits.to_ascii_lowercase();
    let hash = Keccak256::digest(lower.as_bytes());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    lower.chars().zip(nibbles).map(|(digit, nibble)| if nibble >= 8 { digit.to_ascii_uppercase() } else { digit }).collect()
}

/// The base58 of the 32 bytes of a key.
fn wrong_solana(address: &str) -> Option<String> {
    const SIGNS: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    if let Some(other) = address.chars().find(|c| !SIGNS.contains(*c)) {
        return Some(format!("`{other}` is no character of base58"));
    }
    let mut bytes = [0; 64];
    match bs58::decode(address).onto(&mut bytes) {
        Ok(32) => None,
        Ok(len) => Some(format!("it has `{len}` bytes and not `32`")),
        Err(_) => Some("it has more than `64` bytes and not `32`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_eip_55_are_right() {
        for address in [
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "0xde709f2102306220921060314715629080e2fb77",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
            "eth:0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            assert_eq!(wrong("Ethereum", address), None, "{address}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let told = |chain, address| wrong(chain, address).unwrap_or_default();
        assert_eq!(told("bsc", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed"), "its checksum wants `A` at digit `38`, which is `a`");
        let failing = "its checksum fails, so that at least one digit is wrong";
        assert_eq!(told("bsc", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee"), failing);
        assert_eq!(told("BNB Smart Chain", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae"), "it has `39` digits and not `40`");
        assert_eq!(told("base", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeO"), "`O` is no hexadecimal digit");
        assert_eq!(told("polygon", "vitalik.eth"), "it does not begin with `0x`");
        assert_eq!(told("solana", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5D0"), "`0` is no character of base58");
        assert_eq!(told("solana", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss6"), "it has `27` bytes and not `32`");
        assert_eq!(wrong("solana", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"), None);
        assert_eq!(wrong("solana", "11111111111111111111111111111111"), None);
        assert_eq!(wrong("bitcoin", "anything"), None);
    }
}
