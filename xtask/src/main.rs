//! One front door for every task.
fn main() {}
