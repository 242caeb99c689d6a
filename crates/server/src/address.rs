//! The address that a caller's use of shared resources is counted for.

use std::net::{IpAddr, Ipv6Addr};

/// An IPv4 address, or the /64 network of an IPv6 address: a caller usually controls all addresses
/// of its /64 network.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Address(IpAddr);

impl Address {
    pub(crate) fn new(ip: IpAddr) -> Self {
        Self(match ip.to_canonical() {
            IpAddr::V6(ip) => {
                let network = u128::from(ip) & !u128::from(u64::MAX);
                IpAddr::V6(Ipv6Addr::from(network))
            }
            ip => ip,
        })
    }
}

/// Returns `percent` of `whole`, at least 1: the share that one address can use.
pub(crate) fn share(whole: usize, percent: usize) -> usize {
    let part = (whole as u128 * percent.min(100) as u128).div_ceil(100);
    usize::try_from(part).unwrap_or(whole).max(1)
}

#[cfg(test)]
mod tests {
    use super::{Address, share};

    fn address(text: &str) -> Address {
        Address::new(text.parse().unwrap())
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff:1"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_eq!(address("::ffff:192.0.2.1"), address("192.0.2.1"));
        assert_ne!(address("192.0.2.1"), address("192.0.2.2"));
    }

    #[test]
    fn a_share_is_at_least_one_and_never_overflows() {
        assert_eq!(share(64, 75), 48);
        assert_eq!(share(1, 1), 1);
        assert_eq!(share(0, 50), 1);
        assert_eq!(share(usize::MAX, 100), usize::MAX);
        assert_eq!(share(10, usize::MAX), 10);
    }
}
