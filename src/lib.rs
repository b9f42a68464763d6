//! Afterword turns a folder of postmortems into a checked, cross-linked, searchable static site.
//!
//! The rooms stand in reading order; each names only rooms above it. `ARCHITECTURE.md` says what lives where and why, and a test holds the
//! two together.

pub mod diagnostic;

pub mod checksum;

pub mod config;

pub mod source;

pub mod frontmatter;

pub mod markdown;

pub mod model;

pub mod parse;

pub mod knowledge;

pub mod edition;

pub mod training;

pub mod check;

pub mod schema;

pub mod report;

pub mod theme;

pub mod search;

pub mod site;

pub mod render;

pub mod pipeline;

pub mod audit;

pub mod cache;

pub mod publish;

pub mod evidence;

pub mod import;

pub mod serve;

pub mod lsp;

pub mod cli;
