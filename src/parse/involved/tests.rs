//! Lists of mappings in the metadata.

use crate::model::{ContractState, Disclosure, FundState, Records, VerificationKind};
use crate::parse::tests::postmortem;

fn records(metadata: &str) -> (Records, Vec<String>) {
    let (postmortem, findings) = postmortem(&format!("---\ntitle: T\ntimezone: UTC\n{metadata}---\n\nText.\n"));
    (postmortem.records.clone(), findings)
}

#[test]
fn contracts_and_funds_are_typed() {
    let (records, findings) = records(
        "contracts:\n  - {chain: ethereum, address: 0x863df6bfa4469f3ead0be8f9f2aae51c91a907b4, name: Library, state: At_Risk}\n\
         funds:\n  - {asset: ETH, amount: '~377000', usd: $80.5M, state: rescued, tx: [0x01, 0x02], note: returned}\n\
         \x20 - {amount: '>= 20 SNT', state: lost}\n  - {asset: ETH, amount: 30 USDC, usd: 40 EUR, state: lost}\n",
    );
    assert_eq!(findings, [""; 0]);
    let contract = &records.contracts[0];
    assert_eq!(contract.addresses[0].value, "0x863df6bfa4469f3ead0be8f9f2aae51c91a907b4");
    assert_eq!((contract.name.as_str(), contract.state), ("Library", Some(ContractState::AtRisk)));
    let told = records.funds.iter().map(|fund| {
        let text = |amount: &Option<crate::model::Amount>| {
            amount
                .as_ref()
                .map(|amount| amount.quantity().map_or_else(|| format!("({})", amount.written.value), crate::model::Quantity::text))
        };
        (fund.asset.as_str(), text(&fund.amount).unwrap_or_default(), text(&fund.usd).unwrap_or_default())
    });
    let expected = [
        ("ETH", "about 377,000 ETH".to_owned(), "US$80.5 million".to_owned()),
        ("SNT", "at least 20 SNT".to_owned(), String::new()),
        ("ETH", "(30 USDC)".to_owned(), "(40 EUR)".to_owned()),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_eq!(records.funds[0].transactions, ["0x01", "0x02"]);
    assert_eq!((records.funds[0].state, records.funds[0].remarks.note.as_str()), (Some(FundState::Rescued), "returned"));
}

#[test]
fn data_fixes_and_verification_are_typed() {
    let (records, findings) = records(
        "data: {class: addresses, records: about 4000, disclosed: yes}\n\
         fixes:\n  - {commit: 4d30b4e, deployed_at: 2024-03-19 10:00}\n\
         verification:\n  - {kind: audit, by: a firm, report: 'https://example.org/r.pdf', at: 2024-03-18}\n",
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(records.data[0].disclosed, Some(Disclosure::Yes));
    assert_eq!(records.fixes[0].named, [("commit", "4d30b4e".to_owned())]);
    assert_eq!(records.fixes[0].deployed_at.unwrap().value.machine(), "2024-03-19T10:00:00Z");
    assert_eq!(records.audits().next().unwrap().kind, Some(VerificationKind::Audit));
}

#[test]
fn a_text_alone_is_kept_as_a_note() {
    let (records, findings) = records("contracts: [the vault, 'the bridge']\ndata: none\nfixes: https://example.org/pull/7\n");
    assert_eq!(findings, [""; 0]);
    assert_eq!(records.contracts.iter().map(|contract| contract.remarks.note.as_str()).collect::<Vec<_>>(), ["the vault", "the bridge"]);
    assert_eq!(records.data[0].remarks.note, "none");
    assert_eq!(records.fixes[0].remarks.note, "https://example.org/pull/7");
}

#[test]
fn what_is_no_value_is_a_finding_and_kept() {
    let (records, findings) = records(
        "contracts:\n  - {name: The vault, state: pausd, adress: 0x1, owner: [a, b]}\nfunds:\n  - {asset: ETH, amount: 3, state: unknown}\n\
         verification:\n  - {kind: audit, at: soon}\n  - {kind: audit, at: 'n/a: not published', url: javascript:alert(1)}\n",
    );
    assert_eq!(
        findings,
        [
            "invalid-value \"pausd\": `pausd` is no value of `contracts.state`",
            "invalid-value \"adress\": `adress` is no key of `contracts`",
            "unreadable-date \"soon\": `soon` cannot be read: it is no date or time",
        ]
    );
    let kept = |further: &[(String, String)]| further.iter().map(|(key, words)| format!("{key}={words}")).collect::<Vec<_>>().join(" ");
    assert_eq!(kept(&records.contracts[0].remarks.further), "state=pausd adress=0x1 owner=a, b");
    assert_eq!(kept(&records.funds[0].remarks.further), "state=unknown");
    assert_eq!(kept(&records.verification[0].remarks.further), "at=soon");
    assert_eq!(kept(&records.verification[1].remarks.further), "at=n/a: not published url=javascript:alert(1)");
    assert_eq!(records.verification[1].remarks.url, None);
}
