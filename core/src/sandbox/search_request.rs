//! The body of `mediaItems.search`, field by field.

use super::strict::{Field, Kind, Message};

static DATE: Message = Message {
    name: "Date",
    fields: &[
        Field { json: "year", proto: "year", kind: Kind::Int32 },
        Field { json: "month", proto: "month", kind: Kind::Int32 },
        Field { json: "day", proto: "day", kind: Kind::Int32 },
    ],
};
static DATE_RANGE: Message = Message {
    name: "DateRange",
    fields: &[
        Field { json: "startDate", proto: "start_date", kind: Kind::Message(&DATE) },
        Field { json: "endDate", proto: "end_date", kind: Kind::Message(&DATE) },
    ],
};
static DATE_FILTER: Message = Message {
    name: "DateFilter",
    fields: &[
        Field { json: "dates", proto: "dates", kind: Kind::List(&Kind::Message(&DATE)) },
        Field { json: "ranges", proto: "ranges", kind: Kind::List(&Kind::Message(&DATE_RANGE)) },
    ],
};
static CATEGORY: Kind = Kind::OneOf(
    "ContentCategory",
    &[
        "NONE",
        "LANDSCAPES",
        "RECEIPTS",
        "CITYSCAPES",
        "LANDMARKS",
        "SELFIES",
        "PEOPLE",
        "PETS",
        "WEDDINGS",
        "BIRTHDAYS",
        "DOCUMENTS",
        "TRAVEL",
        "ANIMALS",
        "FOOD",
        "SPORT",
        "NIGHT",
        "PERFORMANCES",
        "WHITEBOARDS",
        "SCREENSHOTS",
        "UTILITY",
        "ARTS",
        "CRAFTS",
        "FASHION",
        "HOUSES",
        "GARDENS",
        "FLOWERS",
        "HOLIDAYS",
    ],
);
static CONTENT_FILTER: Message = Message {
    name: "ContentFilter",
    fields: &[
        Field { json: "includedContentCategories", proto: "included_content_categories", kind: Kind::List(&CATEGORY) },
        Field { json: "excludedContentCategories", proto: "excluded_content_categories", kind: Kind::List(&CATEGORY) },
    ],
};
static MEDIA_TYPE_FILTER: Message = Message {
    name: "MediaTypeFilter",
    fields: &[Field {
        json: "mediaTypes",
        proto: "media_types",
        kind: Kind::List(&Kind::OneOf("MediaType", &["ALL_MEDIA", "VIDEO", "PHOTO"])),
    }],
};
static FEATURE_FILTER: Message = Message {
    name: "FeatureFilter",
    fields: &[Field {
        json: "includedFeatures",
        proto: "included_features",
        kind: Kind::List(&Kind::OneOf("Feature", &["NONE", "FAVORITES"])),
    }],
};
static FILTERS: Message = Message {
    name: "Filters",
    fields: &[
        Field { json: "dateFilter", proto: "date_filter", kind: Kind::Message(&DATE_FILTER) },
        Field { json: "contentFilter", proto: "content_filter", kind: Kind::Message(&CONTENT_FILTER) },
        Field { json: "mediaTypeFilter", proto: "media_type_filter", kind: Kind::Message(&MEDIA_TYPE_FILTER) },
        Field { json: "featureFilter", proto: "feature_filter", kind: Kind::Message(&FEATURE_FILTER) },
        Field { json: "includeArchivedMedia", proto: "include_archived_media", kind: Kind::Flag },
        Field { json: "excludeNonAppCreatedData", proto: "exclude_non_app_created_data", kind: Kind::Flag },
    ],
};

/// The body of `mediaItems.search` (Google: Library API, mediaItems.search, request body).
pub(super) static SEARCH: Message = Message {
    name: "SearchMediaItemsRequest",
    fields: &[
        Field { json: "albumId", proto: "album_id", kind: Kind::Text },
        Field { json: "pageSize", proto: "page_size", kind: Kind::Int32 },
        Field { json: "pageToken", proto: "page_token", kind: Kind::Text },
        Field { json: "filters", proto: "filters", kind: Kind::Message(&FILTERS) },
        Field { json: "orderBy", proto: "order_by", kind: Kind::Text },
    ],
};
