//! The doors between rooms and the rules of style, read from the sources themselves.

mod doors;
mod scan;
mod sheets;
mod sources;
mod tidiness;
