//! What `mediaItems.search` filters by, read and refused as Google does.

use serde_json::{Map, Value};

use super::calendar::Day;
use super::errors::Refused;
use super::people::Landscape;
use super::shelf::{ShelfItem, What};

/// Which items are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filter {
    /// `None`: any day, and items without one.
    pub(super) days: Option<Vec<Days>>,
    pub(super) media: Media,
    favorites: bool,
    included: Vec<String>,
    excluded: Vec<String>,
    /// Whether anything is filtered at all.
    pub(super) any: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Media {
    #[default]
    All,
    Videos,
    Photos,
}

/// Days that match a date or a range of dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// From one day to another, both included.
    Span(Day, Day),
    /// In every year, from one month and day to another.
    Yearly((u32, u32), (u32, u32)),
}

impl Days {
    fn hold(&self, day: Day) -> bool {
        match self {
            Self::Span(first, last) => (*first..=*last).contains(&day),
            Self::Yearly(first, last) => {
                let (_, month, of_month) = day.ymd();
                (*first..=*last).contains(&(month, of_month))
            }
        }
    }
}

impl Filter {
    /// Reads `filters` of a request that [`super::strict`] has found well-formed.
    pub(super) fn read(filters: &Map<String, Value>) -> Result<Self, Refused> {
        let days = match filters.get("dateFilter") {
            Some(filter) => Some(read_days(filter)?),
            None => None,
        };
        // Google: mediaItems.search, MediaTypeFilter: "If you specify multiple media types, it results in an error."
        let media = match texts(filters, "mediaTypeFilter", "mediaTypes").as_slice() {
            [] => Media::All,
            [one] => match one.as_str() {
                "VIDEO" => Media::Videos,
                "PHOTO" => Media::Photos,
                _ => Media::All,
            },
            _ => return Err(Refused::invalid("Only one media type can be specified in the media type filter.")),
        };
        let included = texts(filters, "contentFilter", "includedContentCategories");
        let excluded = texts(filters, "contentFilter", "excludedContentCategories");
        // Google: mediaItems.search, ContentFilter: a maximum of 10 each, and no category in both.
        if included.len() > 10 || excluded.len() > 10 {
            return Err(Refused::invalid("At most 10 content categories can be included or excluded."));
        }
        if included.iter().any(|category| excluded.contains(category)) {
            return Err(Refused::invalid("A content category can't be both included and excluded."));
        }
        let favorites = texts(filters, "featureFilter", "includedFeatures").iter().any(|f| f == "FAVORITES");
        Ok(Self { days, media, favorites, included, excluded, any: !filters.is_empty() })
    }

    /// Whether items of this UTC day can match at all.
    pub(super) fn holds_day(&self, day: Day) -> bool {
        self.days.as_ref().is_none_or(|days| days.iter().any(|span| span.hold(day)))
    }

    /// Whether an item matches in everything but its day.
    pub(super) fn holds(&self, item: &ShelfItem) -> bool {
        self.holds_kind(item.what.is_video())
            && (!self.favorites || item.favorite)
            && (self.included.is_empty() || self.included.iter().any(|category| shows(item, category)))
            && !self.excluded.iter().any(|category| shows(item, category))
    }

    /// The same for an uploaded file, of whose content nothing is known.
    pub(super) fn holds_upload(&self, video: Video) -> bool {
        self.holds_kind(video == Video::Yes) && !self.favorites && self.included.is_empty()
    }

    fn holds_kind(&self, is_video: bool) -> bool {
        match self.media {
            Media::All => true,
            Media::Videos => is_video,
            Media::Photos => !is_video,
        }
    }
}

/// Whether an uploaded file is a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Video {
    Yes,
    No,
}

/// Whether a content category would be seen in this picture.
fn shows(item: &ShelfItem, category: &str) -> bool {
    let screenshot = item.what == What::Screenshot;
    match category {
        "SCREENSHOTS" | "UTILITY" => screenshot,
        "LANDSCAPES" => !screenshot && !matches!(item.scene.landscape, Landscape::Indoors | Landscape::City),
        "CITYSCAPES" | "HOUSES" => !screenshot && item.scene.landscape == Landscape::City,
        "NIGHT" => !screenshot && item.scene.landscape != Landscape::Indoors && item.scene.light < -0.1,
        _ => false,
    }
}

fn texts(filters: &Map<String, Value>, filter: &str, list: &str) -> Vec<String> {
    let values = filters.get(filter).and_then(|filter| filter.get(list)).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn read_days(filter: &Value) -> Result<Vec<Days>, Refused> {
    let list = |name: &str| filter.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let (dates, ranges) = (list("dates"), list("ranges"));
    // Google: mediaItems.search, DateFilter: "A maximum of 5 dates can be included per request", and of 5 ranges.
    if dates.len() > 5 || ranges.len() > 5 {
        return Err(Refused::invalid("A date filter can hold at most 5 dates and 5 date ranges."));
    }
    let mut days = Vec::new();
    for date in dates {
        let date = Date::read(Some(date))?;
        days.push(date.until(&date)?);
    }
    for range in ranges {
        days.push(Date::read(range.get("startDate"))?.until(&Date::read(range.get("endDate"))?)?);
    }
    Ok(days)
}

/// A date with 0 for what does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Date {
    year: i32,
    month: u32,
    day: u32,
}

impl Date {
    /// Google: mediaItems.search, Date: "Unsupported: Setting all values to 0, only month to 0, or both day and year to
    /// 0 at the same time."
    fn read(date: Option<&Value>) -> Result<Self, Refused> {
        let wrong = || Refused::invalid("Request contains an invalid date.");
        let date = date.ok_or_else(wrong)?;
        let part = |name: &str| date.get(name).and_then(Value::as_i64).unwrap_or(0);
        let read = Self {
            year: i32::try_from(part("year")).ok().filter(|year| (0..=9999).contains(year)).ok_or_else(wrong)?,
            month: u32::try_from(part("month")).map_err(|_| wrong())?,
            day: u32::try_from(part("day")).map_err(|_| wrong())?,
        };
        let exists = match (read.year, read.month, read.day) {
            (0, 0, _) | (_, 0, 1..) | (0, _, 0) => false,
            (_, 0, 0) => true,
            (year, month, 0) => Day::from_ymd(year, month, 1).is_some(),
            // A leap year knows every month and day that any year knows.
            (0, month, day) => Day::from_ymd(2000, month, day).is_some(),
            (year, month, day) => Day::from_ymd(year, month, day).is_some(),
        };
        if exists { Ok(read) } else { Err(wrong()) }
    }

    /// Google: mediaItems.search, DateRange: "Both dates must be of the same format."
    fn until(&self, end: &Self) -> Result<Days, Refused> {
        let format = |date: &Self| (date.year == 0, date.month == 0, date.day == 0);
        if format(self) != format(end) {
            return Err(Refused::invalid("The dates of a date range must be of the same format."));
        }
        let days = if self.year == 0 {
            Days::Yearly((self.month, self.day), (end.month, end.day))
        } else {
            Days::Span(self.first_day(), end.last_day())
        };
        let in_order = match &days {
            Days::Span(first, last) => first <= last,
            Days::Yearly(first, last) => first <= last,
        };
        if in_order { Ok(days) } else { Err(Refused::invalid("A date range must not end before it starts.")) }
    }

    fn first_day(&self) -> Day {
        Day::from_ymd(self.year, self.month.max(1), self.day.max(1)).unwrap_or(Day(0))
    }

    fn last_day(&self) -> Day {
        let month = if self.month == 0 { 12 } else { self.month };
        let last = if self.day == 0 { 31 } else { self.day };
        (1..=last).rev().find_map(|day| Day::from_ymd(self.year, month, day)).unwrap_or(Day(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filter(filters: Value) -> Result<Filter, Refused> {
        Filter::read(filters.as_object().unwrap())
    }

    fn dates(dates: Value) -> Result<Filter, Refused> {
        filter(json!({ "dateFilter": { "dates": dates } }))
    }

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    #[test]
    fn a_date_may_leave_out_day_or_month_and_day_or_year() {
        let year = dates(json!([{ "year": 2018 }])).unwrap();
        assert!(year.holds_day(day(2018, 12, 31)) && !year.holds_day(day(2019, 1, 1)));
        let month = dates(json!([{ "year": 2020, "month": 2 }])).unwrap();
        assert!(month.holds_day(day(2020, 2, 29)) && !month.holds_day(day(2020, 3, 1)));
        let birthday = dates(json!([{ "month": 2, "day": 29 }])).unwrap();
        assert!(birthday.holds_day(day(2024, 2, 29)) && !birthday.holds_day(day(2024, 2, 28)));
        let exact = dates(json!([{ "year": 2020, "month": 2, "day": 3 }])).unwrap();
        assert!(exact.holds_day(day(2020, 2, 3)) && !exact.holds_day(day(2020, 2, 4)));
    }

    #[test]
    fn dates_that_mean_nothing_are_refused() {
        for date in [
            json!({}),
            json!({ "year": 2020, "day": 3 }),
            json!({ "month": 3 }),
            json!({ "day": 3 }),
            json!({ "year": 2023, "month": 2, "day": 29 }),
            json!({ "year": 2023, "month": 13 }),
            json!({ "year": -1 }),
            json!({ "year": 10000 }),
            json!({ "month": 2, "day": 30 }),
        ] {
            assert_eq!(dates(json!([date])).unwrap_err().status, 400, "{date}");
        }
    }

    #[test]
    fn six_dates_or_six_ranges_are_too_many() {
        let range = json!({ "startDate": { "year": 2018 }, "endDate": { "year": 2019 } });
        let ranges = |count| filter(json!({ "dateFilter": { "ranges": vec![range.clone(); count] } }));
        assert!(ranges(5).is_ok());
        assert_eq!(ranges(6).unwrap_err().name, "INVALID_ARGUMENT");
        assert!(dates(json!(vec![json!({ "year": 2018 }); 6])).is_err());
    }

    #[test]
    fn a_range_needs_both_ends_of_one_format_in_their_order() {
        let range = |start: Value, end: Value| {
            filter(json!({ "dateFilter": { "ranges": [{ "startDate": start, "endDate": end }] } }))
        };
        assert!(range(json!({ "year": 2018 }), json!({ "year": 2018 })).is_ok());
        assert!(range(json!({ "year": 2018 }), json!({ "year": 2018, "month": 1 })).is_err());
        assert!(range(json!({ "year": 2019 }), json!({ "year": 2018 })).is_err());
        assert!(filter(json!({ "dateFilter": { "ranges": [{ "startDate": { "year": 2018 } }] } })).is_err());
    }

    #[test]
    fn exactly_one_media_type_may_be_named() {
        let media = |types: Value| filter(json!({ "mediaTypeFilter": { "mediaTypes": types } })).map(|f| f.media);
        assert_eq!(media(json!(["VIDEO"])), Ok(Media::Videos));
        assert_eq!(media(json!(["PHOTO", "VIDEO"])).unwrap_err().status, 400);
    }

    #[test]
    fn categories_are_at_most_ten_and_never_both_wanted_and_unwanted() {
        let content = |content: Value| filter(json!({ "contentFilter": content }));
        assert!(content(json!({ "includedContentCategories": ["NIGHT"] })).is_ok());
        assert!(content(json!({ "includedContentCategories": vec!["PETS"; 11] })).is_err());
        let both = json!({ "includedContentCategories": ["PETS"], "excludedContentCategories": ["PETS"] });
        assert!(content(both).is_err());
    }
}
