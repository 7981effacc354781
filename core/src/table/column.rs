//! The columns: what each is called, what it holds, where it is kept.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Number,
    /// Seconds since 1970-01-01T00:00:00, in UTC or by a local clock.
    Instant,
    Flag,
}

/// Which columns are kept together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The page has it for all rows.
    Hot,
    /// Kept in the store, a segment at a time.
    Cold,
    /// Names and descriptions, kept likewise.
    Text,
    /// Albums name their rows; the page has all of them.
    Albums,
}

/// A field of a media item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Column {
    Name,
    Taken,
    Local,
    Offset,
    Basis,
    Kind,
    MimeType,
    Width,
    Height,
    Megapixels,
    Make,
    Model,
    Lens,
    FocalLength,
    FocalLength35,
    FNumber,
    ExposureTime,
    Iso,
    FramesPerSecond,
    Description,
    Latitude,
    Longitude,
    Altitude,
    People,
    Albums,
    Favorite,
    Archived,
    Trashed,
    Locked,
    Moving,
    Edited,
    Origin,
    Sources,
    Corrected,
    TakenAsTold,
    Id,
    Url,
}

impl Column {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 37] = [
        Self::Name,
        Self::Taken,
        Self::Local,
        Self::Offset,
        Self::Basis,
        Self::Kind,
        Self::MimeType,
        Self::Width,
        Self::Height,
        Self::Megapixels,
        Self::Make,
        Self::Model,
        Self::Lens,
        Self::FocalLength,
        Self::FocalLength35,
        Self::FNumber,
        Self::ExposureTime,
        Self::Iso,
        Self::FramesPerSecond,
        Self::Description,
        Self::Latitude,
        Self::Longitude,
        Self::Altitude,
        Self::People,
        Self::Albums,
        Self::Favorite,
        Self::Archived,
        Self::Trashed,
        Self::Locked,
        Self::Moving,
        Self::Edited,
        Self::Origin,
        Self::Sources,
        Self::Corrected,
        Self::TakenAsTold,
        Self::Id,
        Self::Url,
    ];

    /// A word for addresses and settings. It never changes.
    pub fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Taken => "taken",
            Self::Local => "local",
            Self::Offset => "offset",
            Self::Basis => "basis",
            Self::Kind => "kind",
            Self::MimeType => "type",
            Self::Width => "width",
            Self::Height => "height",
            Self::Megapixels => "megapixels",
            Self::Make => "make",
            Self::Model => "model",
            Self::Lens => "lens",
            Self::FocalLength => "focal-length",
            Self::FocalLength35 => "focal-length-35",
            Self::FNumber => "f-number",
            Self::ExposureTime => "exposure-time",
            Self::Iso => "iso",
            Self::FramesPerSecond => "fps",
            Self::Description => "description",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Altitude => "altitude",
            Self::People => "people",
            Self::Albums => "albums",
            Self::Favorite => "favorite",
            Self::Archived => "archived",
            Self::Trashed => "trashed",
            Self::Locked => "locked",
            Self::Moving => "moving",
            Self::Edited => "edited",
            Self::Origin => "origin",
            Self::Sources => "sources",
            Self::Corrected => "corrected",
            Self::TakenAsTold => "taken-as-told",
            Self::Id => "id",
            Self::Url => "url",
        }
    }

    /// The column of this id.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.id() == id)
    }

    /// What stands at its head, without its unit.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Taken => "Taken",
            Self::Local => "Local time",
            Self::Offset => "Offset",
            Self::Basis => "Time basis",
            Self::Kind => "Kind",
            Self::MimeType => "Type",
            Self::Width => "Width",
            Self::Height => "Height",
            Self::Megapixels => "Megapixels",
            Self::Make => "Make",
            Self::Model => "Model",
            Self::Lens => "Lens",
            Self::FocalLength => "Focal length",
            Self::FocalLength35 => "35 mm equivalent",
            Self::FNumber => "F-number",
            Self::ExposureTime => "Exposure time",
            Self::Iso => "ISO",
            Self::FramesPerSecond => "Frame rate",
            Self::Description => "Description",
            Self::Latitude => "Latitude",
            Self::Longitude => "Longitude",
            Self::Altitude => "Altitude",
            Self::People => "People",
            Self::Albums => "Albums",
            Self::Favorite => "Favorite",
            Self::Archived => "Archived",
            Self::Trashed => "In the trash",
            Self::Locked => "Locked",
            Self::Moving => "Moving half",
            Self::Edited => "Edited copy",
            Self::Origin => "Origin",
            Self::Sources => "Sources",
            Self::Corrected => "Corrected",
            Self::TakenAsTold => "Taken, as told",
            Self::Id => "Id",
            Self::Url => "Product URL",
        }
    }

    /// In what its numbers are counted; empty where that needs no word.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Taken | Self::TakenAsTold => "UTC",
            Self::Offset => "from UTC",
            Self::Width | Self::Height => "px",
            Self::FocalLength | Self::FocalLength35 => "mm",
            Self::ExposureTime => "s",
            Self::FramesPerSecond => "/s",
            Self::Latitude | Self::Longitude => "°",
            Self::Altitude => "m",
            _ => "",
        }
    }

    pub fn holds(self) -> Type {
        match self {
            Self::Taken | Self::Local | Self::TakenAsTold => Type::Instant,
            Self::Offset
            | Self::Width
            | Self::Height
            | Self::Megapixels
            | Self::FocalLength
            | Self::FocalLength35
            | Self::FNumber
            | Self::ExposureTime
            | Self::Iso
            | Self::FramesPerSecond
            | Self::Latitude
            | Self::Longitude
            | Self::Altitude => Type::Number,
            Self::Favorite
            | Self::Archived
            | Self::Trashed
            | Self::Locked
            | Self::Moving
            | Self::Edited
            | Self::Corrected => Type::Flag,
            Self::Name
            | Self::Basis
            | Self::Kind
            | Self::MimeType
            | Self::Make
            | Self::Model
            | Self::Lens
            | Self::Description
            | Self::People
            | Self::Albums
            | Self::Origin
            | Self::Sources
            | Self::Id
            | Self::Url => Type::Text,
        }
    }

    pub fn part(self) -> Part {
        match self {
            Self::Name | Self::Description => Part::Text,
            Self::Albums => Part::Albums,
            Self::Taken
            | Self::Local
            | Self::Offset
            | Self::Basis
            | Self::Kind
            | Self::Width
            | Self::Height
            | Self::Megapixels
            | Self::Make
            | Self::Model
            | Self::Latitude
            | Self::Longitude
            | Self::Favorite
            | Self::Archived
            | Self::Trashed
            | Self::Locked
            | Self::Sources => Part::Hot,
            Self::MimeType
            | Self::Lens
            | Self::FocalLength
            | Self::FocalLength35
            | Self::FNumber
            | Self::ExposureTime
            | Self::Iso
            | Self::FramesPerSecond
            | Self::Altitude
            | Self::People
            | Self::Moving
            | Self::Edited
            | Self::Origin
            | Self::Corrected
            | Self::TakenAsTold
            | Self::Id
            | Self::Url => Part::Cold,
        }
    }

    /// Whether the page itself has it for all rows.
    pub fn is_at_hand(self) -> bool {
        matches!(self.part(), Part::Hot | Part::Albums)
    }

    /// Whether its cells stand at the right: numbers, whose digits then lie beneath one another.
    pub fn is_at_end(self) -> bool {
        self.holds() == Type::Number
    }

    /// Whether only exports tell of it: it is empty for what only the account told.
    pub fn is_of_exports(self) -> bool {
        matches!(
            self,
            Self::Local
                | Self::Offset
                | Self::Basis
                | Self::Lens
                | Self::FocalLength35
                | Self::Latitude
                | Self::Longitude
                | Self::Altitude
                | Self::People
                | Self::Favorite
                | Self::Archived
                | Self::Trashed
                | Self::Locked
                | Self::Moving
                | Self::Edited
                | Self::Origin
        )
    }

    /// How wide it is before anybody says otherwise, in CSS pixels.
    pub fn width_px(self) -> u16 {
        match self {
            Self::Name | Self::Id | Self::Url => 240,
            Self::Description => 280,
            Self::People | Self::Albums | Self::Lens => 200,
            Self::FocalLength35 => 196,
            Self::Taken | Self::TakenAsTold => 184,
            Self::Local | Self::Offset => 168,
            Self::FocalLength | Self::ExposureTime => 160,
            Self::Model | Self::Sources => 144,
            Self::FramesPerSecond => 140,
            Self::Basis | Self::Make | Self::MimeType | Self::Megapixels => 132,
            Self::Trashed | Self::Moving | Self::Edited | Self::Latitude | Self::Longitude => 132,
            _ => 116,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_column_has_a_name_and_an_id_of_its_own() {
        let ids: HashSet<&str> = Column::ALL.into_iter().map(Column::id).collect();
        let titles: HashSet<&str> = Column::ALL.into_iter().map(Column::title).collect();
        assert_eq!((ids.len(), titles.len()), (Column::ALL.len(), Column::ALL.len()));
        for column in Column::ALL {
            assert_eq!(Column::of_id(column.id()), Some(column));
            // Ids stand in addresses beside commas, colons and signs.
            assert!(column.id().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            assert!(!column.id().starts_with('-'));
        }
        assert_eq!(Column::of_id("nothing"), None);
    }
}
