//! What types the columns have.

use std::sync::Arc;

use albumen_core::export::{COLUMNS, Sort};
use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{Type, TypePtr};

/// The schema of every file.
pub(crate) fn schema() -> Result<Type> {
    let fields = COLUMNS.iter().map(|column| field(column.name, column.sort)).collect::<Result<_>>()?;
    Type::group_type_builder("photos").with_fields(fields).build()
}

fn field(name: &str, sort: Sort) -> Result<TypePtr> {
    let (physical, logical) = match sort {
        Sort::Texts => return list(name),
        Sort::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Sort::Integer => (Physical::INT64, None),
        Sort::Float => (Physical::DOUBLE, None),
        Sort::Truth => (Physical::BOOLEAN, None),
        Sort::Instant => (Physical::INT64, Some(timestamp(true))),
        Sort::Local => (Physical::INT64, Some(timestamp(false))),
    };
    let primitive = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(primitive.with_logical_type(logical).build()?))
}

fn timestamp(is_adjusted_to_utc: bool) -> LogicalType {
    LogicalType::timestamp(is_adjusted_to_utc, TimeUnit::MILLIS)
}

/// A list in the three levels that Parquet's own document wants (LogicalTypes.md, Lists).
fn list(name: &str) -> Result<TypePtr> {
    let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let repeated = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    let list = Type::group_type_builder(name)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(repeated)])
        .build()?;
    Ok(Arc::new(list))
}
