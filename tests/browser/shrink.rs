//! Pictures made small: turned, of the right size, and honest about what cannot be decoded.

use std::rc::Rc;

use albumen::browser::files::{FileShelf, PickedFile};
use albumen::browser::shrink::BrowserShrink;
use albumen_core::ports::{FileError, FileId, Picture, Shrink, ShrinkError, SmallPicture};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, File, ImageBitmap, ImageEncodeOptions, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// A canvas of this size.
fn canvas(width: u32, height: u32) -> (OffscreenCanvas, OffscreenCanvasRenderingContext2d) {
    let canvas = OffscreenCanvas::new(width, height).unwrap();
    let context = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    (canvas, context)
}

/// Red on the left and blue on the right, as a file of this type.
async fn picture(width: u32, height: u32, mime_type: &str) -> Vec<u8> {
    let (canvas, context) = canvas(width, height);
    context.set_fill_style_str("red");
    context.fill_rect(0.0, 0.0, width.into(), height.into());
    context.set_fill_style_str("blue");
    context.fill_rect(f64::from(width) / 2.0, 0.0, width.into(), height.into());
    let options = ImageEncodeOptions::new();
    options.set_type(mime_type);
    let blob: Blob = await_js(canvas.convert_to_blob_with_options(&options).unwrap()).await.unchecked_into();
    Uint8Array::new(&await_js(blob.array_buffer()).await).to_vec()
}

async fn await_js(promise: Promise) -> JsValue {
    JsFuture::from(promise).await.unwrap()
}

/// Says in a JPEG's Exif how it is to be turned.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let exif =
        [b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation][..], &[0; 6]];
    [&jpeg[..2], &exif.concat(), &jpeg[2..]].concat()
}

/// Size of a picture, and whether its pixel at a place, told in parts of its sides, is more red than blue.
async fn look(small: &SmallPicture, x: f64, y: f64) -> (u32, u32, bool) {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(small.bytes.as_slice()))).unwrap();
    let create: Function = Reflect::get(&js_sys::global(), &"createImageBitmap".into()).unwrap().unchecked_into();
    let promise: Promise = create.call1(&JsValue::UNDEFINED, &blob).unwrap().unchecked_into();
    let bitmap: ImageBitmap = await_js(promise).await.unchecked_into();
    let (width, height) = (bitmap.width(), bitmap.height());
    let (_, context) = canvas(1, 1);
    let (left, top) = (-(x * f64::from(width)).floor(), -(y * f64::from(height)).floor());
    context.draw_image_with_image_bitmap(&bitmap, left, top).unwrap();
    let pixel = context.get_image_data(0.0, 0.0, 1.0, 1.0).unwrap().data().0;
    (width, height, pixel[0] > pixel[2])
}

fn shrink() -> BrowserShrink {
    BrowserShrink::new(Rc::new(FileShelf::default()))
}

#[wasm_bindgen_test]
async fn a_photo_that_lies_on_its_side_is_turned_and_as_small_as_was_asked_for() {
    let jpeg = turned(&picture(800, 400, "image/jpeg").await, 6);
    let small = shrink().shrink(Picture::Bytes(jpeg), "image/jpeg", 100).await.unwrap();
    assert!(["image/webp", "image/jpeg"].contains(&small.mime_type.as_str()), "{}", small.mime_type);
    // Turned clockwise: what was on the left is on top.
    assert_eq!(look(&small, 0.5, 0.1).await, (50, 100, true));
    assert_eq!(look(&small, 0.5, 0.9).await, (50, 100, false));
}

#[wasm_bindgen_test]
async fn one_that_is_small_already_keeps_its_size() {
    let png = picture(40, 30, "image/png").await;
    let small = shrink().shrink(Picture::Bytes(png), "image/png", 100).await.unwrap();
    assert_eq!(look(&small, 0.1, 0.5).await, (40, 30, true));
    assert_eq!(look(&small, 0.9, 0.5).await, (40, 30, false));
}

#[wasm_bindgen_test]
async fn a_strip_keeps_a_pixel_of_its_shorter_side() {
    let png = picture(2000, 3, "image/png").await;
    let small = shrink().shrink(Picture::Bytes(png), "image/png", 100).await.unwrap();
    assert_eq!(look(&small, 0.1, 0.5).await, (100, 1, true));
}

#[wasm_bindgen_test]
async fn what_cannot_be_decoded_is_said_whatever_it_is_called() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat".to_vec();
    let cut = picture(800, 400, "image/png").await[..60].to_vec();
    for (bytes, mime_type) in
        [(heic, "image/heic"), (b"garbage".to_vec(), "image/jpeg"), (Vec::new(), "image/png"), (cut, "image/png")]
    {
        let outcome = shrink().shrink(Picture::Bytes(bytes), mime_type, 100).await;
        assert_eq!(outcome, Err(ShrinkError::Undecodable), "{mime_type}");
    }
}

#[wasm_bindgen_test]
async fn a_picture_in_the_middle_of_a_file_is_read_where_it_is() {
    let files = Rc::new(FileShelf::default());
    let png = picture(40, 30, "image/png").await;
    let around = [b"before".as_slice(), &png, b"behind"].concat();
    let parts = Array::of1(&Uint8Array::from(around.as_slice()));
    let file = files.put(PickedFile::from(File::new_with_u8_array_sequence(&parts, "takeout.zip").unwrap()));
    let shrink = BrowserShrink::new(files);
    let range = 6..6 + png.len() as u64;
    let small = shrink.shrink(Picture::InFile { file, range }, "image/png", 100).await.unwrap();
    assert_eq!(look(&small, 0.1, 0.5).await, (40, 30, true));
    let gone = shrink.shrink(Picture::InFile { file: FileId(7), range: 0..9 }, "image/png", 100).await;
    assert_eq!(gone, Err(ShrinkError::File(FileError::Gone)));
}
