//! Addresses of schedulers on the command line.

use std::fmt;
use std::str::FromStr;

/// A host and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// A name or an IP address; that of IPv6 in brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.rsplit_once(':').and_then(|(host, port)| {
            let port = port.parse().ok().filter(|port| *port > 0)?;
            let name = host.strip_prefix('[').and_then(|ip| ip.strip_suffix(']'));
            let is_host = match name {
                Some(ip) => ip.parse::<std::net::Ipv6Addr>().is_ok(),
                None => !host.is_empty() && host.chars().all(is_of_name),
            };
            is_host.then(|| (host.to_owned(), port))
        });
        match parts {
            Some((host, port)) => Ok(Self { host, port }),
            None => Err("expected HOST:PORT, as in 10.0.0.5:50050 or [::1]:50050"),
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || ['-', '.', '_'].contains(&c)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn addresses_have_a_host_and_a_port() {
        for text in ["10.0.0.5:50050", "[::1]:50050", "scheduler-0.local:1"] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
        }
        for text in [
            "",
            ":50050",
            "10.0.0.5",
            "10.0.0.5:",
            "10.0.0.5:0",
            "10.0.0.5:99999",
            "::1:50050",
            "[::1:50050",
            "[tea]:50050",
            "http://10.0.0.5:50050",
            "10.0.0.5 :50050",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }
}
