//! Exports of Takeout: dropped or chosen, in any form and order, cut off, damaged, taken out again. What comes of them is
//! compared with the truth that their maker tells.

mod bringing;
mod damage;
mod living;
mod map;
mod merging;
mod pictures;
mod steps;
mod truth;
mod whole;
