//! The scopes that Google knows, and what each still opens.

use super::errors::Refused;

const AUTH: &str = "https://www.googleapis.com/auth/";

/// A scope, the sentence on the consent screen, and whether it only tells who the person is.
struct Known {
    scope: &'static str,
    sentence: &'static str,
    of_identity: bool,
}

/// Sentences of the Photos scopes as Google's discovery document has them (Google: photoslibrary v1, auth.oauth2).
const KNOWN: [Known; 10] = [
    Known { scope: "openid", sentence: "Associate you with your personal info on Google", of_identity: true },
    Known {
        scope: "https://www.googleapis.com/auth/userinfo.email",
        sentence: "See your primary Google Account email address",
        of_identity: true,
    },
    Known {
        scope: "https://www.googleapis.com/auth/userinfo.profile",
        sentence: "See your personal info, including any personal info you've made publicly available",
        of_identity: true,
    },
    Known {
        scope: "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata",
        sentence: "Manage photos added by this app",
        of_identity: false,
    },
    Known {
        scope: "https://www.googleapis.com/auth/photoslibrary.appendonly",
        sentence: "Add to your Google Photos library",
        of_identity: false,
    },
    Known {
        scope: "https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata",
        sentence: "Edit the info in your photos, videos, and albums created within this app, including titles, \
                   descriptions, and covers",
        of_identity: false,
    },
    // Removed on 31 March 2025 (Google: Library API updates). People may still grant them; they open nothing.
    Known {
        scope: "https://www.googleapis.com/auth/photoslibrary",
        sentence: "See, upload, and organize items in your Google Photos library",
        of_identity: false,
    },
    Known {
        scope: "https://www.googleapis.com/auth/photoslibrary.readonly",
        sentence: "View your Google Photos library",
        of_identity: false,
    },
    Known {
        scope: "https://www.googleapis.com/auth/photoslibrary.sharing",
        sentence: "Manage and add to shared albums on your behalf",
        of_identity: false,
    },
    Known {
        scope: "https://www.googleapis.com/auth/photospicker.mediaitems.readonly",
        sentence: "View the items that you select from your Google Photos library",
        of_identity: false,
    },
];

/// What a method asks for (Google: Library API updates, authorization scopes by method).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// `photoslibrary.readonly.appcreateddata`
    Read,
    /// `photoslibrary.appendonly`
    Append,
    /// `photoslibrary.edit.appcreateddata`
    Edit,
}

impl Needs {
    fn scope(self) -> &'static str {
        match self {
            Self::Read => "photoslibrary.readonly.appcreateddata",
            Self::Append => "photoslibrary.appendonly",
            Self::Edit => "photoslibrary.edit.appcreateddata",
        }
    }

    pub(super) fn met_by(self, scopes: &[String]) -> bool {
        scopes.iter().any(|scope| scope.strip_prefix(AUTH) == Some(self.scope()))
    }

    pub(super) fn check(self, scopes: &[String]) -> Result<(), Refused> {
        if self.met_by(scopes) { Ok(()) } else { Err(Refused::scope_missing()) }
    }
}

/// The scope as Google writes it in answers: `email` and `profile` are short for others (Google: OpenID Connect, scope).
pub(super) fn full_name(scope: &str) -> String {
    match scope {
        "email" | "profile" => format!("{AUTH}userinfo.{scope}"),
        _ => scope.to_owned(),
    }
}

/// Whether Google knows this scope.
pub(super) fn is_known(scope: &str) -> bool {
    KNOWN.iter().any(|known| known.scope == full_name(scope))
}

/// The sentence on the consent screen, for scopes that the person can untick (Google: granular permissions).
pub(super) fn sentence(scope: &str) -> Option<&'static str> {
    KNOWN.iter().find(|known| known.scope == scope && !known.of_identity).map(|known| known.sentence)
}

/// Whether all of these tell no more than who the person is (Google: OAuth 2.0, refresh token expiration).
pub(super) fn only_identity(scopes: &[String]) -> bool {
    scopes.iter().all(|scope| KNOWN.iter().any(|known| known.scope == scope && known.of_identity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_scope_opens_nothing() {
        for removed in ["photoslibrary", "photoslibrary.readonly", "photoslibrary.sharing"] {
            let scopes = [format!("{AUTH}{removed}")];
            assert!(is_known(&scopes[0]));
            assert_eq!(Needs::Read.check(&scopes), Err(Refused::scope_missing()));
            assert_eq!(Needs::Append.check(&scopes), Err(Refused::scope_missing()));
            assert_eq!(Needs::Edit.check(&scopes), Err(Refused::scope_missing()));
        }
    }

    #[test]
    fn reading_appending_and_editing_are_three_scopes() {
        let all = [Needs::Read, Needs::Append, Needs::Edit];
        for (nth, name) in ["readonly.appcreateddata", "appendonly", "edit.appcreateddata"].into_iter().enumerate() {
            let scopes = [format!("{AUTH}photoslibrary.{name}")];
            assert_eq!(all.map(|needs| needs.met_by(&scopes)), [nth == 0, nth == 1, nth == 2]);
        }
    }

    #[test]
    fn who_one_is_cannot_be_unticked() {
        assert_eq!(sentence("openid"), None);
        assert_eq!(full_name("email"), "https://www.googleapis.com/auth/userinfo.email");
        assert!(only_identity(&["openid".into(), full_name("email")]));
    }
}
