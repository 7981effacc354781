//! Numbers of a byte or more, seven bits a byte (LEB128).

pub(super) fn push(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// With the sign in the lowest bit.
pub(super) fn push_signed(out: &mut Vec<u8>, number: i32) {
    push(out, (number << 1 ^ number >> 31) as u32);
}
