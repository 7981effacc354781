//! Whether a video can be played yet, as Google says it beside the item.

use serde::Deserialize;

use crate::ports::Reply;

use crate::lenient::{Object, Scalar};

/// `VideoProcessingStatus` (Google: Library API, Video, status). What Google does not say is taken for ready: its answer
/// to the bytes tells then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VideoStatus {
    #[default]
    Ready,
    Processing,
    Failed,
}

/// The status of the first item in a reply to `mediaItems:batchGet`.
pub fn video_status(reply: &Reply) -> VideoStatus {
    let Ok(results) = serde_json::from_slice::<WireResults<'_>>(&reply.body) else { return VideoStatus::Ready };
    let Some(Object::Read(result)) = results.media_item_results.into_iter().next() else { return VideoStatus::Ready };
    let Object::Read(item) = result.media_item else { return VideoStatus::Ready };
    let Object::Read(metadata) = item.media_metadata else { return VideoStatus::Ready };
    let Object::Read(video) = metadata.video else { return VideoStatus::Ready };
    match video.status {
        Scalar::Text(status) if status == "PROCESSING" => VideoStatus::Processing,
        Scalar::Text(status) if status == "FAILED" => VideoStatus::Failed,
        _ => VideoStatus::Ready,
    }
}

/// BatchGetMediaItemsResponse, down to the one word.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireResults<'a> {
    #[serde(borrow)]
    media_item_results: Vec<Object<WireResult<'a>>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireResult<'a> {
    #[serde(borrow)]
    media_item: Object<WireItem<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireItem<'a> {
    #[serde(borrow)]
    media_metadata: Object<WireMetadata<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireMetadata<'a> {
    #[serde(borrow)]
    video: Object<WireVideo<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireVideo<'a> {
    #[serde(borrow)]
    status: Scalar<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn status(body: &str) -> VideoStatus {
        video_status(&Reply { status: 200, headers: Vec::new(), body: body.as_bytes().to_vec() })
    }

    #[test]
    fn only_what_google_calls_unready_is_unready() {
        let of = |word: &str| {
            let video = format!(r#"{{"fps":30,"status":{word}}}"#);
            status(&format!(r#"{{"mediaItemResults":[{{"mediaItem":{{"mediaMetadata":{{"video":{video}}}}}}}]}}"#))
        };
        assert_eq!(of(r#""PROCESSING""#), VideoStatus::Processing);
        assert_eq!(of(r#""FAILED""#), VideoStatus::Failed);
        for ready in [r#""READY""#, r#""UNSPECIFIED""#, r#""""#, "7", "null", "[]"] {
            assert_eq!(of(ready), VideoStatus::Ready, "{ready}");
        }
        for odd in
            ["", "{}", r#"{"mediaItemResults":[]}"#, r#"{"mediaItemResults":[null]}"#, r#"{"mediaItemResults":[{}]}"#]
        {
            assert_eq!(status(odd), VideoStatus::Ready, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(body in "\\PC{0,200}") {
            let _ = status(&body);
        }
    }
}
