//! A row group, column by column.

use std::borrow::Cow;
use std::ops::Range;

use albumen_core::export::{COLUMNS, Columns, Parts, Sort};
use bytes::Bytes;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::{SerializedColumnWriter, SerializedRowGroupWriter};

const MS_PER_S: i64 = 1000;

/// Definition levels of a list: it is not known, it is empty, here is one of its texts.
const UNKNOWN: i16 = 0;
const EMPTY: i16 = 1;
const ELEMENT: i16 = 2;

/// Writes all columns, which lie in `bytes`.
pub(crate) fn write(mut group: SerializedRowGroupWriter<'_, Vec<u8>>, bytes: &Bytes, columns: &Columns) -> Result<()> {
    let levels = Levels::of(columns.rows());
    for (place, (column, parts)) in COLUMNS.iter().zip(&columns.columns).enumerate() {
        let missing = || ParquetError::General(format!("the schema has no column {}", column.name));
        let mut writer = group.next_column()?.ok_or_else(missing)?;
        let levels = || levels.of_column(columns, place, parts);
        match column.sort {
            Sort::Text => put::<ByteArrayType>(&mut writer, &texts(bytes, parts), &levels(), None)?,
            Sort::Integer => put::<Int64Type>(&mut writer, &integers(bytes, &parts.values, 1), &levels(), None)?,
            Sort::Instant | Sort::Local => {
                put::<Int64Type>(&mut writer, &integers(bytes, &parts.values, MS_PER_S), &levels(), None)?;
            }
            Sort::Float => put::<DoubleType>(&mut writer, &floats(bytes, &parts.values), &levels(), None)?,
            Sort::Truth => {
                let truths: Vec<bool> = bytes[parts.values.clone()].iter().map(|truth| *truth != 0).collect();
                put::<BoolType>(&mut writer, &truths, &levels(), None)?;
            }
            Sort::Texts => {
                let (defined, repeated) = list_levels(bytes, parts, columns.known(place));
                put::<ByteArrayType>(&mut writer, &texts(bytes, parts), &defined, Some(&repeated))?;
            }
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

fn put<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    defined: &[i16],
    repeated: Option<&[i16]>,
) -> Result<()> {
    writer.typed::<T>().write_batch(values, Some(defined), repeated)?;
    Ok(())
}

/// Definition levels of columns that are known of all rows, or of none, as most are: made once for all of them.
struct Levels {
    none: Vec<i16>,
    all: Vec<i16>,
}

impl Levels {
    fn of(rows: usize) -> Self {
        Self { none: vec![0; rows], all: vec![1; rows] }
    }

    fn of_column(&self, columns: &Columns, place: usize, parts: &Parts) -> Cow<'_, [i16]> {
        if parts.known == 0 {
            Cow::Borrowed(&self.none)
        } else if parts.known == columns.rows() {
            Cow::Borrowed(&self.all)
        } else {
            columns.known(place).map(i16::from).collect()
        }
    }
}

/// Where the texts of a column are; they are not copied.
fn texts(bytes: &Bytes, parts: &Parts) -> Vec<ByteArray> {
    let values = bytes.slice(parts.values.clone());
    let mut from = 0;
    numbers(bytes, &parts.ends)
        .map(|end| {
            let text = values.slice(from..end);
            from = end;
            text.into()
        })
        .collect()
}

fn numbers<'a>(bytes: &'a Bytes, range: &Range<usize>) -> impl Iterator<Item = usize> + 'a {
    bytes[range.clone()].as_chunks().0.iter().map(|four| u32::from_le_bytes(*four) as usize)
}

fn integers(bytes: &Bytes, range: &Range<usize>, times: i64) -> Vec<i64> {
    let numbers = bytes[range.clone()].as_chunks().0.iter();
    numbers.map(|eight| i64::from_le_bytes(*eight).saturating_mul(times)).collect()
}

fn floats(bytes: &Bytes, range: &Range<usize>) -> Vec<f64> {
    bytes[range.clone()].as_chunks().0.iter().map(|eight| f64::from_le_bytes(*eight)).collect()
}

/// Definition and repetition levels of a column of lists.
fn list_levels(bytes: &Bytes, parts: &Parts, known: impl Iterator<Item = bool>) -> (Vec<i16>, Vec<i16>) {
    let (mut defined, mut repeated) = (Vec::new(), Vec::new());
    let mut counts = numbers(bytes, &parts.counts);
    for is_known in known {
        let count = if is_known { counts.next() } else { None };
        match count {
            None => defined.push(UNKNOWN),
            Some(0) => defined.push(EMPTY),
            Some(count) => defined.extend(std::iter::repeat_n(ELEMENT, count)),
        }
        repeated.push(0);
        repeated.extend(std::iter::repeat_n(1, count.unwrap_or(0).saturating_sub(1)));
    }
    (defined, repeated)
}
