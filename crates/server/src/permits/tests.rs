//! The order in which permits are granted.

use std::pin::Pin;
use std::time::Duration;

use super::{Address, Busy, Permit, Pool};

const LONG: Duration = Duration::from_secs(600);
const MIB: usize = 1 << 20;

fn address(last: u8) -> Address {
    Address::new([192, 0, 2, last].into())
}

type Waiting<'a> = Pin<Box<dyn Future<Output = Result<Permit, Busy>> + 'a>>;

/// Returns a request that waits for a permit.
fn waiting(pool: &Pool, last: u8, units: usize, bytes: usize) -> Waiting<'_> {
    let mut waiting: Waiting<'_> = Box::pin(pool.acquire(address(last), units, bytes, LONG));
    assert!(poll(&mut waiting).is_none(), "granted at once");
    waiting
}

fn poll(waiting: &mut Waiting<'_>) -> Option<Result<Permit, Busy>> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match waiting.as_mut().poll(&mut context) {
        std::task::Poll::Ready(done) => Some(done),
        std::task::Poll::Pending => None,
    }
}

async fn held(pool: &Pool, last: u8, units: usize) -> Permit {
    let granted = pool.acquire(address(last), units, 0, Duration::ZERO).await;
    granted.unwrap_or_else(|busy| panic!("{busy:?}"))
}

async fn refused(pool: &Pool, last: u8, units: usize) -> Busy {
    let granted = pool.acquire(address(last), units, 0, Duration::ZERO).await;
    granted.err().expect("it was granted")
}

#[tokio::test]
async fn an_address_gets_its_share_and_others_get_the_rest() {
    let pool = Pool::new(4, 75);
    let mut first = Vec::new();
    for _ in 0..3 {
        first.push(held(&pool, 1, 1).await);
    }
    assert_eq!(refused(&pool, 1, 1).await, Busy::Address);
    let other = held(&pool, 2, 1).await;
    assert_eq!(refused(&pool, 2, 1).await, Busy::All);
    drop(first);
    drop(other);
    assert!(pool.lock().held.is_empty());
    assert_eq!(pool.lock().free, 4);
}

#[tokio::test]
async fn the_address_that_holds_less_goes_first() {
    let pool = Pool::new(2, 100);
    let mut held_by_first = vec![held(&pool, 1, 1).await, held(&pool, 1, 1).await];
    let mut again = waiting(&pool, 1, 1, 0);
    let mut other = waiting(&pool, 2, 1, MIB);
    held_by_first.pop();
    assert!(poll(&mut again).is_none());
    assert!(poll(&mut other).is_some());
}

#[tokio::test]
async fn small_requests_go_before_large_ones() {
    let pool = Pool::new(1, 100);
    let permit = held(&pool, 1, 1).await;
    let mut large = waiting(&pool, 1, 1, MIB);
    let mut small = waiting(&pool, 1, 1, 100);
    drop(permit);
    assert!(poll(&mut large).is_none());
    let granted = poll(&mut small).expect("granted").ok();
    drop(granted);
    assert!(poll(&mut large).is_some());
}

#[tokio::test(start_paused = true)]
async fn a_large_request_is_not_overtaken_forever() {
    let pool = Pool::new(1, 100);
    let permit = held(&pool, 1, 1).await;
    let mut large = waiting(&pool, 1, 1, MIB);
    tokio::time::advance(Duration::from_secs(11)).await;
    let mut small = waiting(&pool, 1, 1, 100);
    drop(permit);
    assert!(poll(&mut small).is_none());
    assert!(poll(&mut large).is_some());
}

#[tokio::test]
async fn a_waiter_for_many_units_is_not_overtaken_by_one_for_few() {
    let pool = Pool::new(4, 100);
    let permit = held(&pool, 1, 3).await;
    let mut many = waiting(&pool, 2, 4, 0);
    let mut few = waiting(&pool, 3, 1, 0);
    assert!(poll(&mut few).is_none());
    drop(permit);
    let granted = poll(&mut many).expect("granted");
    assert!(poll(&mut few).is_none());
    drop(granted);
    assert!(poll(&mut few).is_some());
}

#[tokio::test]
async fn a_waiter_that_leaves_makes_room_for_the_next() {
    let pool = Pool::new(2, 100);
    let _permit = held(&pool, 1, 1).await;
    let many = waiting(&pool, 2, 2, 0);
    let mut one = waiting(&pool, 3, 1, 0);
    drop(many);
    assert!(poll(&mut one).is_some());
}

#[tokio::test]
async fn more_units_than_the_share_count_as_the_share() {
    let pool = Pool::new(4, 50);
    let mut permit = held(&pool, 1, usize::MAX).await;
    assert_eq!(pool.lock().free, 2);
    permit.shrink(1);
    assert_eq!(pool.lock().free, 3);
    drop(permit);
    assert_eq!(pool.lock().free, 4);
    held(&Pool::new(0, 0), 1, 1).await;
    held(&Pool::new(usize::MAX, 100), 1, usize::MAX).await;
}
