//! The camera dictionary as the worker holds it.

use std::collections::HashMap;

use super::quick::Quick;
use crate::photo::Camera;

/// All cameras, numbered as they came. Number 0 is the unknown camera, with neither make nor model.
#[derive(Clone, Debug)]
pub(super) struct Cameras {
    list: Vec<Camera>,
    numbers: HashMap<Camera, u16, Quick>,
}

impl Default for Cameras {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Cameras {
    /// Of a stored dictionary. One that does not begin with the unknown camera is given it in place of its first.
    pub(super) fn new(mut list: Vec<Camera>) -> Self {
        match list.first_mut() {
            Some(first) => *first = Camera::default(),
            None => list.push(Camera::default()),
        }
        let mut numbers = HashMap::default();
        for (number, camera) in list.iter().enumerate().take(1 << 16) {
            numbers.entry(camera.clone()).or_insert(number as u16);
        }
        Self { list, numbers }
    }

    /// Of a lost dictionary: rows that name a camera up to `highest` name the unknown one from now on.
    pub(super) fn unknown_up_to(highest: u16) -> Self {
        Self::new(vec![Camera::default(); usize::from(highest) + 1])
    }

    pub(super) fn list(&self) -> &[Camera] {
        &self.list
    }

    pub(super) fn get(&self, number: u16) -> Camera {
        self.list.get(usize::from(number)).cloned().unwrap_or_default()
    }

    /// The number of a camera, a new one if it was not known. Past 65,536 cameras it is the unknown one.
    pub(super) fn number(&mut self, camera: &Camera) -> u16 {
        if let Some(number) = self.numbers.get(camera) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.list.len()) else { return 0 };
        self.list.push(camera.clone());
        self.numbers.insert(camera.clone(), number);
        number
    }
}
