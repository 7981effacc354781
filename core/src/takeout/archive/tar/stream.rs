//! A tar as it comes out of a file, unpacked on the way.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;

use super::super::bounds::{Bounds, Take};
use super::super::entry::Entry;
use super::super::error::{EntryError, Fault};
use super::splitter::{Kept, Splitter};

/// Packed bytes that are unpacked in one go: at most a thousand times as many come out.
const SIP_BYTES: usize = 16 << 10;

/// Takes a tar's bytes in order and gives its files. Memory: what is kept of one file, and of those not yet given.
pub struct Stream<W: FnMut(&Entry) -> Take> {
    source: Source<W>,
    bounds: Bounds,
    taken: u64,
}

enum Source<W: FnMut(&Entry) -> Take> {
    Plain(Box<Splitter<W>>),
    Gzip(Box<MultiGzDecoder<Sink<W>>>),
}

/// The splitter as something that is written to.
struct Sink<W>(Splitter<W>);

impl<W: FnMut(&Entry) -> Take> Write for Sink<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.take(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What came out of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    pub kept: Vec<Kept>,
    pub problems: Vec<EntryError>,
}

impl<W: FnMut(&Entry) -> Take> Stream<W> {
    /// A tar in gzip. `wants` says of each file how much of it is kept. Files whose ordinal is below `from` are known
    /// from an earlier time: they pass with nothing kept, and their problems are not told again.
    pub fn gzip(from: u32, bounds: Bounds, wants: W) -> Self {
        let source = Source::Gzip(Box::new(MultiGzDecoder::new(Sink(Splitter::new(false, from, bounds, wants)))));
        Self { source, bounds, taken: 0 }
    }

    /// A tar that is not packed.
    pub fn plain(from: u32, bounds: Bounds, wants: W) -> Self {
        Self { source: Source::Plain(Box::new(Splitter::new(true, from, bounds, wants))), bounds, taken: 0 }
    }

    fn splitter(&mut self) -> &mut Splitter<W> {
        match &mut self.source {
            Source::Plain(splitter) => splitter,
            Source::Gzip(gzip) => &mut gzip.get_mut().0,
        }
    }

    /// Files and problems since this was asked last.
    pub fn passed(&mut self) -> Passed {
        let cut = self.splitter().cut();
        Passed { kept: cut.kept, problems: cut.problems }
    }

    /// Takes a first part of `bytes`, at least one of them, and tells how many: the rest is for the next step, after
    /// [`passed`](Self::passed). Once the tar has ended, what follows is taken and means nothing.
    ///
    /// # Errors
    /// Where it cannot be read on. What has passed stands.
    pub fn step(&mut self, bytes: &[u8]) -> Result<usize, Fault> {
        let sip = &bytes[..bytes.len().min(SIP_BYTES)];
        let at = self.taken;
        self.taken += sip.len() as u64;
        if self.splitter().ended() {
            return Ok(sip.len());
        }
        let written = match &mut self.source {
            Source::Plain(splitter) => {
                splitter.take(sip);
                Ok(())
            }
            Source::Gzip(gzip) => gzip.write_all(sip),
        };
        let taken = self.taken;
        let bounds = self.bounds;
        let splitter = self.splitter();
        if let Some(fault) = splitter.fault() {
            return Err(fault.clone());
        }
        if written.is_err() && !splitter.ended() {
            return Err(Fault::Damaged { at });
        }
        if bounds.is_bomb(splitter.passed, taken) {
            return Err(Fault::Bomb { unpacked: splitter.passed, packed: taken });
        }
        Ok(sip.len())
    }

    /// No bytes come any more.
    ///
    /// # Errors
    /// Where some are missing, or where the last ones prove that earlier ones were damaged.
    pub fn end(&mut self) -> Result<(), Fault> {
        let taken = self.taken;
        let gzip = matches!(self.source, Source::Gzip(_));
        let finished = match &mut self.source {
            Source::Plain(_) => Ok(()),
            Source::Gzip(gzip) => gzip.try_finish(),
        };
        let splitter = self.splitter();
        if let Some(fault) = splitter.fault() {
            return Err(fault.clone());
        }
        if splitter.ended() {
            return Ok(());
        }
        splitter.cut_off();
        // What was packed is whole, and too short for the smallest tar.
        if gzip && finished.is_ok() && splitter.passed < 512 {
            return Err(Fault::NoTar);
        }
        match finished {
            Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(Fault::Damaged { at: taken }),
            _ => Err(Fault::CutOff),
        }
    }
}
