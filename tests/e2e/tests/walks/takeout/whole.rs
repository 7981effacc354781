//! A whole library: too long for every run. By hand, once `cargo xtask dist` has made the bundle:
//! `cargo test --package albumen-e2e -- --ignored --test-threads 1 twenty_thousand`.

use std::time::Duration;

use albumen_e2e::walk::{Stage, walk};
use albumen_takeout::{Form, Order, Style};

use super::{steps, truth};

/// Of the whole walk, making the export included.
const LONGEST: Duration = Duration::from_secs(3000);

/// Twenty thousand photos in five parts, brought in this order.
fn twenty_thousand(form: Form, style: Style, order: [usize; 5]) {
    walk(Stage { longest: LONGEST, ..Stage::default() }, async |walk| {
        let wanted = Order { photos: 20_000, parts: 5, style, form, seed: 3, zip64: true };
        let export = steps::export(wanted)?;
        steps::open(walk, &export).await?;
        steps::bring(walk, &order.map(|part| export.part(part))).await?;
        steps::imported_within(walk, LONGEST).await?;
        truth::is_the_truth(walk, &export.truth).await
    });
}

#[test]
#[ignore = "takes minutes"]
fn twenty_thousand_photos_of_five_zips_come_to_the_truth() {
    twenty_thousand(Form::Zip, Style::New, [0, 1, 2, 3, 4]);
}

#[test]
#[ignore = "takes minutes"]
fn twenty_thousand_photos_of_five_zips_in_another_order_come_to_the_truth() {
    twenty_thousand(Form::Zip, Style::Old, [3, 0, 4, 2, 1]);
}

#[test]
#[ignore = "takes minutes"]
fn twenty_thousand_photos_of_five_tgzs_come_to_the_truth() {
    twenty_thousand(Form::Tgz, Style::Old, [0, 1, 2, 3, 4]);
}

#[test]
#[ignore = "takes minutes"]
fn twenty_thousand_photos_of_five_tgzs_in_another_order_come_to_the_truth() {
    twenty_thousand(Form::Tgz, Style::New, [4, 2, 0, 3, 1]);
}
