//! Which requests are answered, and for which page of the site.
//!
//! A page on another origin can make a browser send requests here, and by rebinding its name it can even read the answers. So a request must
//! name this server in `Host`, may come from no other origin, and asks for a page by a path that is decoded once and looked up; there is no
//! file system behind it.

use std::net::SocketAddr;

use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderValue, ORIGIN, TRANSFER_ENCODING};
use hyper::{Method, Request, StatusCode, Uri};

/// The longest request target, in bytes.
const TARGET_LIMIT: usize = 8 * 1024;

/// The names by which this server is addressed.
#[derive(Debug, Clone)]
pub(super) struct Doors {
    authorities: Vec<String>,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Neither GET nor HEAD.
    Method,
    /// A target that is no path, or no `Host`, or several.
    Malformed,
    /// A `Host` that is not ours.
    Host,
    /// Sent by a page of another origin.
    Origin,
    TargetTooLong,
    /// Nothing here takes a body.
    Body,
    /// A path that can be no page's.
    Path,
}

impl Refusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Host | Self::Origin => StatusCode::FORBIDDEN,
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::Body => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Path => StatusCode::NOT_FOUND,
        }
    }
}

impl Doors {
    /// The names of this machine to itself, and `others`, all with `port` unless they name one.
    pub(super) fn new(port: u16, others: &[String]) -> Self {
        let mut authorities = Vec::new();
        for name in ["localhost", "127.0.0.1", "[::1]"].into_iter().chain(others.iter().map(String::as_str)) {
            let name = name.to_ascii_lowercase();
            if has_port(&name) {
                authorities.push(name);
                continue;
            }
            authorities.push(format!("{name}:{port}"));
            if port == 80 {
                authorities.push(name);
            }
        }
        Self { authorities }
    }

    /// Whether `authority`, as a `Host` or an origin has it, is this server. `local` is the address the connection came in at: one who
    /// uses it has not been led here by a name.
    fn admit(&self, authority: &str, local: SocketAddr) -> bool {
        authority == local.to_string() || self.authorities.iter().any(|ours| authority.eq_ignore_ascii_case(ours))
    }
}

fn has_port(name: &str) -> bool {
    name.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) && (!name.starts_with('[') || name.contains("]:"))
}

/// The path of the page that `request` asks for, decoded: `/incidents/a b/`.
pub(super) fn site_path<B>(request: &Request<B>, doors: &Doors, local: SocketAddr) -> Result<String, Refusal> {
    let headers = request.headers();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal::Method);
    }
    check_host(request.uri(), headers, doors, local)?;
    check_origin(headers, doors, local)?;
    if request.uri().path_and_query().map_or(0, |target| target.as_str().len()) > TARGET_LIMIT {
        return Err(Refusal::TargetTooLong);
    }
    if headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0") {
        return Err(Refusal::Body);
    }
    decode(request.uri().path()).filter(|path| is_page_path(path)).ok_or(Refusal::Path)
}

fn check_host(uri: &Uri, headers: &HeaderMap, doors: &Doors, local: SocketAddr) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal::Malformed) };
    if uri.scheme().is_some() || uri.authority().is_some() {
        return Err(Refusal::Malformed);
    }
    let admitted = host.to_str().is_ok_and(|host| doors.admit(host, local));
    if admitted { Ok(()) } else { Err(Refusal::Host) }
}

/// Refuses what a page of another origin asks for, but for following a link to here. A browser tells the origin of what a script asks for;
/// newer ones also tell how near it is, which catches images and frames, where no origin is told.
fn check_origin(headers: &HeaderMap, doors: &Doors, local: SocketAddr) -> Result<(), Refusal> {
    let ours = |origin: &HeaderValue| {
        let authority = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        authority.is_some_and(|authority| doors.admit(authority, local))
    };
    let tells = |name: &str, value: &str| headers.get(name).is_some_and(|told| told == value);
    let near = !headers.contains_key("sec-fetch-site") || tells("sec-fetch-site", "same-origin") || tells("sec-fetch-site", "none");
    let follows_link = tells("sec-fetch-mode", "navigate") && tells("sec-fetch-dest", "document");
    if headers.get_all(ORIGIN).iter().all(ours) && (near || follows_link) { Ok(()) } else { Err(Refusal::Origin) }
}

/// Takes percent signs for what they stand for, once. Nothing where one stands for nothing or the whole is not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether `path` begins at the root and has no part that is empty (but the last), `.` or `..`, or holds what no path of a site holds.
fn is_page_path(path: &str) -> bool {
    let Some(parts) = path.strip_prefix('/') else { return false };
    let good = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'));
    parts.is_empty() || parts.strip_suffix('/').unwrap_or(parts).split('/').all(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str, headers: &[(&str, &str)]) -> Result<String, Refusal> {
        let doors = Doors::new(4000, &["pad.lan".to_owned(), "tunnel.example:443".to_owned()]);
        let mut request = Request::builder().uri(target);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "localhost:4000");
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        site_path(&request.body(()).unwrap(), &doors, "192.168.1.5:4000".parse().unwrap())
    }

    #[test]
    fn a_path_is_decoded_once_and_taken_apart_after_that() {
        let good = [
            ("/", "/"),
            ("/incidents/", "/incidents/"),
            ("/a/b.html?x=../..#y", "/a/b.html"),
            ("/caf%C3%A9/", "/café/"),
            ("/a%20b", "/a b"),
            ("/%2541", "/%41"),
            ("/.well-known/x", "/.well-known/x"),
            ("/....", "/...."),
            ("/~x", "/~x"),
        ];
        for (target, path) in good {
            assert_eq!(asked(target, &[]).as_deref(), Ok(path));
        }
        let bad = [
            "/..",
            "/../x",
            "/a/../b",
            "/%2e%2e/x",
            "/..%2fx",
            "/a/./b",
            "/.",
            "//etc/passwd",
            "/a//b",
            "/a%2f%2fb",
            "/..%5cx",
            "/a%5cb",
            "/%00",
            "/a%0ab",
            "/a%7f",
            "/%c0%ae",
            "/%zz",
            "/%",
            "/%4",
            "/C:/x",
            "/x::$DATA",
            "/a%c2%85",
        ];
        for target in bad {
            assert_eq!(asked(target, &[]), Err(Refusal::Path), "{target}");
        }
        assert_eq!(asked(&format!("/{}", "a".repeat(8191)), &[]).map(|path| path.len()), Ok(8192));
        assert_eq!(asked(&format!("/{}", "a".repeat(8192)), &[]), Err(Refusal::TargetTooLong));
        assert_eq!(asked("http://localhost:4000/", &[]), Err(Refusal::Malformed));
        assert_eq!(asked("localhost:4000", &[]), Err(Refusal::Malformed));
    }

    #[test]
    fn only_our_own_names_are_answered_to() {
        for host in
            ["localhost:4000", "LocalHost:4000", "127.0.0.1:4000", "[::1]:4000", "192.168.1.5:4000", "pad.lan:4000", "tunnel.example:443"]
        {
            assert!(asked("/", &[("host", host)]).is_ok(), "{host}");
            assert!(asked("/", &[("origin", &format!("http://{host}"))]).is_ok(), "{host}");
        }
        let others = [
            "",
            "localhost",
            "127.0.0.1",
            "localhost:4001",
            "evil.example:4000",
            "localhost.evil.example:4000",
            "LOCALHOST.:4000",
            "0.0.0.0:4000",
            "127.1:4000",
            "localhost:4000@evil.example",
            "[::ffff:127.0.0.1]:4000",
            "[",
            "a b",
            "pad.lan",
            "tunnel.example:4000",
            "192.168.1.6:4000",
        ];
        for host in others {
            assert_eq!(asked("/", &[("host", host)]), Err(Refusal::Host), "{host}");
            assert_eq!(asked("/", &[("origin", &format!("http://{host}"))]), Err(Refusal::Origin), "{host}");
        }
        assert_eq!(asked("/", &[("host", "localhost:4000"), ("host", "localhost:4000")]), Err(Refusal::Malformed));
        for origin in ["null", "", "https://localhost:4000", "file://", "localhost:4000", "http://localhost:4000/"] {
            assert_eq!(asked("/", &[("origin", origin)]), Err(Refusal::Origin), "{origin}");
        }
        let at_80 = Doors::new(80, &[]);
        assert!(at_80.admit("localhost", "127.0.0.1:80".parse().unwrap()) && at_80.admit("localhost:80", "127.0.0.1:80".parse().unwrap()));
    }

    #[test]
    fn another_site_may_link_here_and_nothing_more() {
        let asked_by = |site: &str, mode: &str, dest: &str| {
            asked("/", &[("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)]).map(drop)
        };
        assert_eq!(asked_by("same-origin", "cors", "empty"), Ok(()));
        assert_eq!(asked_by("none", "navigate", "document"), Ok(()));
        assert_eq!(asked_by("cross-site", "navigate", "document"), Ok(()));
        for (site, mode, dest) in
            [("cross-site", "no-cors", "image"), ("same-site", "no-cors", "script"), ("cross-site", "navigate", "iframe")]
        {
            assert_eq!(asked_by(site, mode, dest), Err(Refusal::Origin));
        }
    }

    #[test]
    fn a_body_is_refused_and_an_empty_one_is_none() {
        assert_eq!(asked("/", &[("content-length", "0")]).as_deref(), Ok("/"));
        assert_eq!(asked("/", &[("content-length", "1")]), Err(Refusal::Body));
        assert_eq!(asked("/", &[("transfer-encoding", "chunked")]), Err(Refusal::Body));
    }

    #[test]
    fn a_refusal_has_the_status_of_its_reason() {
        let refusals =
            [Refusal::Method, Refusal::Malformed, Refusal::Host, Refusal::Origin, Refusal::TargetTooLong, Refusal::Body, Refusal::Path];
        assert_eq!(refusals.map(|refusal| refusal.status().as_u16()), [405, 400, 403, 403, 414, 413, 404]);
    }
}
