//! Wishes made of the engine.

use albumen_core::protocol::{Answer, Opening, Wish};
use albumen_core::trouble::{ParquetError, Trouble};

use super::{Answered, ParquetMaker, PickedFile, Piece, Saving, Services, forget_saving};

impl Services {
    pub async fn ask(self, wish: Wish) -> Result<Answer, Trouble> {
        self.ask_with(wish, Vec::new()).await.map(|(answer, _)| answer)
    }

    /// Asks with files beside the wish; the answer may bring bytes beside it.
    pub async fn ask_with(self, wish: Wish, files: Vec<PickedFile>) -> Answered {
        let engine = self.inner().engine.clone();
        engine.ask(wish, files).await
    }

    /// Asks for what comes as pieces of a file, in place of `spare` ones that are written.
    pub async fn ask_for_pieces(self, wish: Wish, spare: Vec<Piece>) -> Result<(Answer, Vec<Piece>), Trouble> {
        let engine = self.inner().engine.clone();
        engine.ask_for_pieces(wish, spare).await
    }

    /// Who makes Parquet files: whoever made the last one, or started now.
    pub async fn parquet(self) -> Result<ParquetMaker, ParquetError> {
        let idle = self.inner().parquet.take().filter(|maker| !maker.is_broken());
        match idle {
            Some(maker) => Ok(maker),
            None => ParquetMaker::start(&self.base_url()).await,
        }
    }

    /// Begins a file of this name among the browser's downloads.
    pub async fn save(self, file_name: &str, mime_type: &'static str) -> Saving {
        Saving::begin(&self.base_url(), file_name, mime_type).await
    }

    /// Takes away what the browser keeps for saving files.
    pub async fn forget_downloads(self) {
        forget_saving(&self.base_url()).await;
    }

    /// Keeps whoever has made a whole file for the next one: what the browser has made of its program is not made twice.
    pub fn keep_parquet(self, maker: ParquetMaker) {
        self.inner().parquet.replace(Some(maker));
    }

    /// Whether the engine was ever asked for anything: before that, it can have told nothing.
    pub fn has_asked(self) -> bool {
        self.inner().engine.has_asked()
    }

    /// Lets the engine open with the first wish; its program is not loaded before.
    pub fn open_when_wished(self, opening: Opening) {
        self.inner().engine.open_when_wished(opening);
    }
}
