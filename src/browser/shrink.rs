//! Pictures decoded and made small by the browser, in page and worker alike.

use std::cell::Cell;
use std::rc::Rc;

use albumen_core::ports::{FileError, Picture, Shrink, ShrinkError, SmallPicture};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ImageBitmap, ImageEncodeOptions, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
};

use super::files::FileShelf;
use super::js;

const WEBP: &str = "image/webp";
const JPEG: &str = "image/jpeg";
/// Of what the encoders make of a photo: no difference is seen at the size of a thumb.
const QUALITY: f64 = 0.8;

/// `ports::Shrink` of the browser: whatever it can show it can make small.
pub struct BrowserShrink {
    files: Rc<FileShelf>,
    /// Whether it writes WebP; some only read it.
    writes_webp: Cell<bool>,
}

impl BrowserShrink {
    /// `files` are those that a [`Picture::InFile`] may name.
    pub fn new(files: Rc<FileShelf>) -> Self {
        Self { files, writes_webp: Cell::new(true) }
    }

    fn blob(&self, picture: Picture, mime_type: &str) -> Result<Blob, ShrinkError> {
        let failed = |error: JsValue| FileError::Failed { message: js::error_text(&error) };
        match picture {
            Picture::Bytes(bytes) => {
                let options = BlobPropertyBag::new();
                options.set_type(mime_type);
                let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
                Ok(Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(failed)?)
            }
            Picture::InFile { file, range } => {
                let file = self.files.get(file).ok_or(FileError::Gone)?;
                // Files have fewer bytes than a double counts.
                let (start, end) = (range.start as f64, range.end as f64);
                let slice = file.raw().slice_with_f64_and_f64_and_content_type(start, end, mime_type);
                Ok(slice.map_err(failed)?)
            }
        }
    }

    async fn encode(&self, canvas: &OffscreenCanvas) -> Result<SmallPicture, JsValue> {
        let mut blob = encoded(canvas, if self.writes_webp.get() { WEBP } else { JPEG }).await?;
        if self.writes_webp.get() && blob.type_() != WEBP {
            self.writes_webp.set(false);
            blob = encoded(canvas, JPEG).await?;
        }
        let buffer = JsFuture::from(blob.array_buffer()).await?;
        Ok(SmallPicture { mime_type: blob.type_(), bytes: Uint8Array::new(&buffer).to_vec() })
    }
}

impl Shrink for BrowserShrink {
    async fn shrink(&self, picture: Picture, mime_type: &str, longest_px: u32) -> Result<SmallPicture, ShrinkError> {
        let create = js::global("createImageBitmap").and_then(|create| create.dyn_into::<Function>().ok());
        let create = create.filter(|_| js::global("OffscreenCanvas").is_some()).ok_or(ShrinkError::Unavailable)?;
        let blob = self.blob(picture, mime_type)?;
        let Some(bitmap) = decoded(&create, &blob).await else {
            // A file that is gone fails as one that is broken does; its first byte tells which it was.
            return Err(if is_readable(&blob).await { ShrinkError::Undecodable } else { FileError::Gone.into() });
        };
        let (width_px, height_px) = fitted(bitmap.0.width(), bitmap.0.height(), longest_px);
        let canvas = drawn(&bitmap.0, width_px, height_px).map_err(|_| ShrinkError::Undecodable)?;
        // Forty megabytes that nobody needs any more, while what is small is being written.
        drop(bitmap);
        self.encode(&canvas).await.map_err(|_| ShrinkError::Undecodable)
    }
}

/// A decoded picture, given back when it is dropped: the browser would wait for its own time.
struct Decoded(ImageBitmap);

impl Drop for Decoded {
    fn drop(&mut self) {
        self.0.close();
    }
}

async fn decoded(create: &Function, blob: &Blob) -> Option<Decoded> {
    let options = js::object(&[("imageOrientation", "from-image".into())]);
    let promise = create.call2(&JsValue::UNDEFINED, blob, &options).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok().map(Decoded)
}

async fn is_readable(blob: &Blob) -> bool {
    let Ok(start) = blob.slice_with_i32_and_i32(0, 1) else { return false };
    JsFuture::from(start.array_buffer()).await.is_ok()
}

fn drawn(bitmap: &ImageBitmap, width_px: u32, height_px: u32) -> Result<OffscreenCanvas, JsValue> {
    let canvas = OffscreenCanvas::new(width_px, height_px)?;
    // It is read at once: what the graphics card holds would have to be fetched back.
    let options = js::object(&[("willReadFrequently", true.into())]);
    let context = canvas.get_context_with_context_options("2d", &options)?;
    let context: OffscreenCanvasRenderingContext2d = context.ok_or(JsValue::UNDEFINED)?.unchecked_into();
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"medium".into())?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width_px.into(), height_px.into())?;
    Ok(canvas)
}

async fn encoded(canvas: &OffscreenCanvas, mime_type: &str) -> Result<Blob, JsValue> {
    let options = ImageEncodeOptions::new();
    options.set_type(mime_type);
    options.set_quality(QUALITY);
    JsFuture::from(canvas.convert_to_blob_with_options(&options)?).await?.dyn_into()
}

/// The sides of a picture whose longer one may have so many pixels.
fn fitted(width_px: u32, height_px: u32, longest_px: u32) -> (u32, u32) {
    let longest = width_px.max(height_px).max(1);
    if longest <= longest_px {
        return (width_px.max(1), height_px.max(1));
    }
    let side = |px: u32| {
        let scaled = (f64::from(px) * f64::from(longest_px) / f64::from(longest)).round();
        (scaled as u32).max(1)
    };
    (side(width_px), side(height_px))
}
