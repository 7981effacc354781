//! Days of the week and months by their names.

use super::{DateStyle, Services};

/// "Monday" for 0, as the reader's country says it.
pub fn weekday_name(services: Services, weekday: u8) -> String {
    services.date(monday_s(weekday), DateStyle::WeekdayName)
}

/// "Mon".
pub fn weekday_short(services: Services, weekday: u8) -> String {
    services.date(monday_s(weekday), DateStyle::Weekday)
}

/// "January" for 1.
pub fn month_name(services: Services, month: u8) -> String {
    services.date(month_s(month), DateStyle::MonthName)
}

/// "Jan".
pub fn month_short(services: Services, month: u8) -> String {
    services.date(month_s(month), DateStyle::MonthShort)
}

/// In a week whose Monday was the 5th of January 1970.
fn monday_s(weekday: u8) -> i64 {
    (4 + i64::from(weekday)) * 86_400
}

/// The middle of a month of 1970.
fn month_s(month: u8) -> i64 {
    (i64::from(month) * 30 - 15) * 86_400
}
