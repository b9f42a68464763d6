//! Losses over several incidents.

use super::*;
use crate::config::Config;
use crate::knowledge::link;
use crate::model::AnyDocument;
use crate::parse::{Role, document};

/// The losses of incidents written one after another, each behind a line `-- path --`.
fn added_up(archive: &str) -> Losses {
    let config = Config::default();
    let mut corpus = Corpus::default();
    for file in archive.split("-- content/").skip(1) {
        let (path, text) = file.split_once(" --\n").unwrap();
        match document(&path.into(), text, Role::Postmortem, &config).document {
            AnyDocument::Postmortem(postmortem) => corpus.postmortems.push(postmortem),
            AnyDocument::Page(_) => panic!("a postmortem was asked for"),
        }
    }
    let knowledge = link(&corpus, &config, &|_| false);
    losses(&corpus, &knowledge.newest_first, Population::Incidents)
}

const INCIDENTS: &str = "\
-- content/postmortems/a.md --
---
title: A
kind: smart-contract
date: 2024-01-01
funds:
  - {asset: ETH, amount: '26,793.5', usd: $5M, state: lost}
  - {asset: ETH, amount: '>= 100', usd: unknown, state: rescued}
contracts:
  - {chain: ethereum, address: ['0x1', '0x2'], state: impacted}
impact:
  users: 587 wallets
  requests: none
---

Text.
-- content/postmortems/b.md --
---
title: B
kind: smart-contract
date: 2024-02-01
funds:
  - {asset: eth, amount: 40, usd: ~$1M, state: lost}
  - {asset: ETH, amount: 60, state: lost}
  - {asset: USDC, amount: 60, state: lost}
  - {asset: USDC, state: lost}
  - we do not know more
data:
  - {class: Addresses, records: 202, disclosed: yes}
contracts:
  - {chain: Ethereum, name: The vault, state: impacted}
impact:
  users: about 13 wallet affected
  requests: unknown
---

Text.
-- content/postmortems/c.md --
---
title: C
date: 2024-03-01
data:
  - {class: addresses, records: at least 100, disclosed: yes}
  - {class: addresses, records: files of 3 customers, disclosed: yes}
  - {class: addresses, records: 7, disclosed: potential}
impact:
  users: 134
  requests: one in three
  financial: $200
---

Text.
-- content/postmortems/d.md --
---
title: D
kind: drill
date: 2024-03-01
funds:
  - {asset: ETH, amount: 1000000, state: lost}
---

Text.
";

#[test]
fn funds_are_added_up_by_state_and_asset_and_a_drill_is_not() {
    let losses = added_up(INCIDENTS);
    let told: Vec<_> = losses
        .funds
        .iter()
        .map(|figure| {
            let state = figure.state.map_or("", FundState::word);
            (
                state,
                figure.asset.as_str(),
                figure.amount.text(&figure.asset),
                figure.amount.unknown,
                figure.usd.text("USD"),
                figure.of.clone(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("lost", "eth", "26,893.5 eth".to_owned(), 0, "at least about US$6 million".to_owned(), vec![1, 0]),
            ("lost", "USDC", "at least 60 USDC".to_owned(), 1, "unknown".to_owned(), vec![1]),
            ("rescued", "ETH", "at least 100 ETH".to_owned(), 0, "unknown".to_owned(), vec![0]),
        ]
    );
    let worth: Vec<_> = losses.worth.iter().map(|figure| (figure.usd.text("USD"), figure.usd.known, figure.usd.unknown)).collect();
    assert_eq!(worth, [("at least about US$6 million".to_owned(), 2, 3)]);
}

#[test]
fn data_and_contracts_are_added_up_by_what_became_of_them() {
    let losses = added_up(INCIDENTS);
    let data: Vec<_> =
        losses.data.iter().map(|figure| (figure.records.text(&figure.unit), figure.records.unknown, figure.of.clone())).collect();
    assert_eq!(data, [("at least 302".to_owned(), 1, vec![2, 1]), ("7".to_owned(), 0, vec![2])]);
    let contracts: Vec<_> = losses.contracts.iter().map(|figure| (figure.chain.as_str(), figure.count, figure.of.clone())).collect();
    assert_eq!(contracts, [("Ethereum", 3, vec![1, 0])]);
}

#[test]
fn a_contract_that_several_incidents_list_is_one() {
    let document =
        |name: &str, rows: &str| format!("-- content/postmortems/{name}.md --\n---\ntitle: {name}\ncontracts:\n{rows}---\n\nText.\n");
    let mixed = "0x863DF6BFA4469f3ead0be8f9f2aae51c91a907b4";
    let a = format!(
        "  - {{chain: ethereum, address: [\"{mixed}\", \"{}\"], state: impacted}}\n  - {{chain: ethereum, name: Vault, state: impacted}}\n\
         \u{20} - {{chain: ethereum, note: one of ours, state: impacted}}\n  - {{chain: tron, address: [TAbc, TABC], state: impacted}}\n",
        mixed.to_lowercase()
    );
    let b = format!(
        "  - {{chain: Ethereum, address: \"{}\", state: impacted}}\n  - {{chain: ethereum, name: vault, state: impacted}}\n\
         \u{20} - {{chain: ethereum, note: another, state: impacted}}\n",
        mixed.to_lowercase()
    );
    let losses = added_up(&format!("{}{}", document("a", &a), document("b", &b)));
    let counts: Vec<_> = losses.contracts.iter().map(|figure| (figure.chain.to_lowercase(), figure.count)).collect();
    assert_eq!(counts, [("ethereum".to_owned(), 4), ("tron".to_owned(), 2)]);
}

#[test]
fn impact_is_added_up_by_what_it_is_counted_in() {
    let losses = added_up(INCIDENTS);
    let told: Vec<_> =
        losses.impact.iter().map(|figure| (figure.dimension.as_str(), figure.sum.text(&figure.unit), figure.of.clone())).collect();
    assert_eq!(
        told,
        [
            ("financial", "US$200".to_owned(), vec![2]),
            ("users", "134 users".to_owned(), vec![2]),
            ("users", "about 600 wallets".to_owned(), vec![1, 0]),
        ]
    );
    assert_eq!(losses.unnumbered.iter().map(|other| other.dimension.as_str()).collect::<Vec<_>>(), ["financial", "users"]);
}

#[test]
fn a_fix_is_verified_before_it_goes_live_or_not() {
    let told = |metadata: &str| {
        let losses = added_up(&format!("-- content/postmortems/a.md --\n---\ntitle: A\ntimezone: UTC\n{metadata}---\n\nText.\n"));
        losses.fixes.first().map(|figure| figure.verified)
    };
    let fix = "fixes:\n  - {commit: 4d30b4e, deployed_at: 2024-03-19T10:00Z}\n";
    assert_eq!(told(""), None);
    assert_eq!(told(fix), Some(Verified::Unsaid));
    assert_eq!(told(&format!("{fix}verification: {{kind: testnet, at: 2024-03-20}}\n")), Some(Verified::Otherwise));
    assert_eq!(told(&format!("{fix}verification: {{kind: audit, at: 2024-03-17}}\n")), Some(Verified::AuditedBefore));
    assert_eq!(told(&format!("{fix}verification: {{kind: audit, at: 2024-03-19}}\n")), Some(Verified::Audited));
    assert_eq!(told(&format!("{fix}verification: {{kind: audit, at: 2024-03-22}}\n")), Some(Verified::AuditedAfter));
    assert_eq!(told(&format!("{fix}verification: {{kind: audit}}\n")), Some(Verified::Audited));
    assert_eq!(told("verification: {kind: audit, at: 2024-03-22}\n"), Some(Verified::Audited));
}
