//! The client's side of the wire and the pretend Google's, which share no type: they must understand each other.

use std::cell::Cell;

use albumen_core::google::Refusal;
use albumen_core::google::albums::{albums_request, members_request, parse_albums};
use albumen_core::google::batch_create::{NewItem, batch_create_request, parse_batch_create};
use albumen_core::google::batch_get::{MAX_IDS, batch_get_request, parse_batch_get};
use albumen_core::google::edit::{LONGEST_DESCRIPTION, edit_description_request, parse_edited};
use albumen_core::google::search::{MediaType, SearchQuery, parse_search, search_request};
use albumen_core::google::uploads::{parse_upload_token, upload_request};
use albumen_core::google::{is_google_image_host, picture_url};
use albumen_core::photo::{self, DayRange, Kind, MediaItem};
use albumen_core::ports::{Body, Entropy, FileId, Reply, Request};
use albumen_core::protocol::{Access, Way};
use albumen_core::sandbox::{
    Cors, Day, Interference, Person, RegisteredClient, RegisteredKind, Sandbox, Settings, page,
};
use albumen_core::sign_in::{
    self, ClientFile, Life, Outcome, SignInError, Tokens, begin, exchange_request, identity, parse_callback,
    parse_refresh_reply, parse_token_reply, refresh_request, revoke_request,
};
use albumen_core::upload::FileError;

const ORIGIN: &str = "http://localhost:8080";
const BASE: &str = "http://localhost:8080/";
const ID: &str = "1-web.apps.googleusercontent.com";
const NOON_MS: i64 = 1_751_371_200_000; // 2025-07-01T12:00:00Z

/// Unlike bytes, and in every run the same.
struct Counting(Cell<u8>);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.0.replace(self.0.get().wrapping_add(1));
        }
    }
}

struct Walk {
    sandbox: Sandbox,
    entropy: Counting,
    now_ms: i64,
}

impl Walk {
    fn new(items: u32) -> Self {
        let client = RegisteredClient {
            client_id: ID.into(),
            client_secret: "GOCSPX-secret".into(),
            kind: RegisteredKind::Web { origins: vec![ORIGIN.into()], redirect_uris: vec![BASE.into()] },
            project: "albumen-test".into(),
        };
        let settings = Settings {
            seed: 7,
            items,
            last_day: Day::from_ymd(2025, 6, 30).expect("the day exists"),
            cors: Cors::Generous,
            clients: vec![client],
            person: Person { email: "ada@example.com".into(), sub: "1001".into() },
            testing: true,
        };
        Self { sandbox: Sandbox::new(settings), entropy: Counting(Cell::new(0)), now_ms: NOON_MS }
    }

    fn send(&mut self, request: &Request, file: &[u8]) -> Reply {
        let body = match &request.body {
            Body::Empty => Vec::new(),
            Body::Bytes(bytes) => bytes.clone(),
            Body::File(_) => file.to_vec(),
        };
        page::fetch(&mut self.sandbox, ORIGIN, request, body, self.now_ms).expect("the reply may be read")
    }

    /// Signs in, allowing the scopes that `ticked` allows.
    fn sign_in(&mut self, client: &ClientFile, access: Access, ticked: impl Fn(&str) -> bool) -> Tokens {
        let begun = begin(client, access, Way::PopUp, BASE, &self.entropy, self.now_ms, Some("ada@example.com"));
        let asked = self.sandbox.consent_screen(&begun.url, self.now_ms).expect("the address is one of Google's");
        let scopes: Vec<_> = asked.scopes.into_iter().map(|(scope, _)| scope).filter(|s| ticked(s)).collect();
        let back = self.sandbox.consent(&begun.url, true, &scopes, self.now_ms).expect("Google sends us back");
        let callback = parse_callback(&back).expect("the answer is one of Google's");
        assert_eq!(callback.state, begun.pending.state);
        assert_eq!(callback.state.ends_with(".p"), back.contains(".p"));
        let reply = match callback.outcome {
            Outcome::Code(code) => {
                let request = exchange_request(client, &begun.pending, &code, BASE);
                let read = parse_token_reply(&self.send(&request, &[])).expect("the code is good");
                let again = parse_token_reply(&self.send(&request, &[]));
                assert_eq!(again, Err(SignInError::CodeExpired), "a code is used once");
                read
            }
            Outcome::Token(reply) => reply,
            Outcome::Refused(code) => panic!("Google refused with {code}"),
        };
        let id_token = reply.id_token.as_ref().expect("we asked whose account it is").expose();
        let who = identity(id_token, ID, begun.pending.nonce.as_deref(), self.now_ms).expect("it is Ada's");
        assert_eq!((who.sub.as_str(), who.email.as_str()), ("1001", "ada@example.com"));
        Tokens::new(reply, who, access, self.now_ms)
    }

    fn search(&mut self, token: &str, query: &SearchQuery) -> Vec<MediaItem> {
        let (mut items, mut page_token) = (Vec::new(), None);
        loop {
            let request = search_request(token, query, page_token.as_deref());
            let page = parse_search(&self.send(&request, &[])).expect("the search is allowed");
            assert_eq!(page.problems, Vec::<String>::new());
            items.extend(page.items);
            page_token = page.next_page_token;
            if page_token.is_none() {
                return items;
            }
        }
    }
}

fn client(secret: bool) -> ClientFile {
    if !secret {
        return sign_in::client_from_id(ID).expect("it is an id");
    }
    let file = r#"{"web":{"client_id":"1-web.apps.googleusercontent.com","client_secret":"GOCSPX-secret",
        "redirect_uris":["http://localhost:8080/"],"javascript_origins":["http://localhost:8080"]}}"#;
    sign_in::read_client("client_secret.json", file, BASE).expect("it is this page's")
}

fn token(tokens: &Tokens) -> String {
    tokens.access_token.expose().to_owned()
}

#[test]
fn every_item_of_the_library_is_read_as_it_is() {
    let mut walk = Walk::new(1_500);
    let tokens = walk.sign_in(&client(true), Access::Read, |_| true);
    let items = walk.search(&token(&tokens), &SearchQuery::default());
    let mut truth: Vec<_> = walk.sandbox.truth().collect();
    assert_eq!((items.len(), truth.len()), (1_500, 1_500));
    for item in &items {
        let place = truth.iter().position(|t| t.id == item.id).expect("the item exists, and comes once");
        let truth = truth.swap_remove(place);
        assert_eq!((&item.file_name, &item.mime_type), (&truth.file_name, &truth.mime_type));
        assert_eq!(
            (item.taken_s, item.width_px, item.height_px),
            (Some(truth.taken_s), truth.width_px, truth.height_px)
        );
        assert_eq!(item.kind == Kind::Video, truth.is_video);
        assert_eq!((&item.camera.make, &item.camera.model), (&truth.camera_make, &truth.camera_model));
        assert_eq!(item.description, truth.description);
        assert!(item.base_url.as_deref().is_some_and(is_google_image_host));
    }
}

#[test]
fn days_and_kinds_find_the_items_of_those_days_and_kinds() {
    let mut walk = Walk::new(1_500);
    let tokens = walk.sign_in(&client(true), Access::Read, |_| true);
    let (first, last) = (photo::Day::from_ymd(2019, 1, 1), photo::Day::from_ymd(2022, 12, 31));
    let days = DayRange { first: first.unwrap(), last: last.unwrap() };
    for media in [MediaType::All, MediaType::Photos, MediaType::Videos] {
        let found = walk.search(&token(&tokens), &SearchQuery { days: Some(days), media });
        let of_kind = |is_video: bool| match media {
            MediaType::All => true,
            MediaType::Photos => !is_video,
            MediaType::Videos => is_video,
        };
        assert!(!found.is_empty() && found.iter().all(|item| of_kind(item.kind == Kind::Video)), "{media:?}");
        // Google goes by the day where the picture was taken, which may be a day off in UTC.
        let count = |slack: i32| {
            let days = days.first.0 - slack..=days.last.0 + slack;
            walk.sandbox.truth().filter(|t| of_kind(t.is_video) && days.contains(&Day::of_utc_s(t.taken_s).0)).count()
        };
        assert!((count(-1)..=count(1)).contains(&found.len()), "{media:?}");
    }
}

#[test]
fn pictures_are_had_by_fifties_and_uploads_come_back_as_items() {
    let mut walk = Walk::new(200);
    let tokens = walk.sign_in(&client(true), Access::Upload, |_| true);
    assert!(tokens.may_read() && tokens.may_upload());
    let token = token(&tokens);
    let photos = SearchQuery { days: None, media: MediaType::Photos };
    let ids: Vec<_> = walk.search(&token, &photos).into_iter().take(MAX_IDS - 1).map(|item| item.id).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).chain(["nobody"]).collect();
    let got = parse_batch_get(&walk.send(&batch_get_request(&token, &ids), &[]), &ids).unwrap();
    assert!(got[..MAX_IDS - 1].iter().all(|(id, item)| item.as_ref().is_some_and(|item| item.id == *id)));
    assert_eq!(got[MAX_IDS - 1], ("nobody".into(), None));

    let base_url = got[0].1.as_ref().unwrap().base_url.clone().unwrap();
    let jpeg = walk.send(&Request::get(picture_url(&base_url, 64, 64)), &[]).body;
    let upload = upload_request(&token, FileId(0), "image/jpeg", "Käse.jpg");
    let sent = |walk: &mut Walk, bytes: &[u8]| NewItem {
        upload_token: parse_upload_token(&walk.send(&upload, bytes)).unwrap(),
        file_name: "Käse.jpg".into(),
        description: "Zwei\nZeilen".into(),
    };
    let items = [sent(&mut walk, b"no picture at all"), sent(&mut walk, &jpeg)];
    let reply = walk.send(&batch_create_request(&token, &items), &[]);
    let made = parse_batch_create(&reply, &items).unwrap();
    assert!(matches!(made[0], Err(FileError::Rejected { code: 3, .. })), "{:?}", made[0]);
    let made = made[1].as_ref().unwrap();
    let ids = [made.id.as_str()];
    let got = parse_batch_get(&walk.send(&batch_get_request(&token, &ids), &[]), &ids).unwrap();
    let item = got[0].1.as_ref().unwrap();
    assert_eq!((item.file_name.as_str(), item.description.as_str()), ("Käse.jpg", "Zwei\nZeilen"));
}

#[test]
fn a_description_is_edited_with_the_permission_for_it_alone() {
    let mut walk = Walk::new(40);
    let item = walk.sandbox.truth().nth(7).unwrap();
    let longest = "é".repeat(LONGEST_DESCRIPTION);
    let edit = |walk: &mut Walk, tokens: &Tokens, text: &str| {
        let request = edit_description_request(tokens.access_token.expose(), &item.id, text);
        parse_edited(&walk.send(&request, &[]), &item.id)
    };
    let reader = walk.sign_in(&client(true), Access::Upload, |_| true);
    assert_eq!(edit(&mut walk, &reader, "x"), Err(Refusal::ScopeMissing));
    let editor = walk.sign_in(&client(true), Access::Edit, |_| true);
    assert!(editor.may_edit() && editor.may_upload(), "what was granted before is still granted");
    for text in ["Zwei\nZeilen", longest.as_str(), ""] {
        let edited = edit(&mut walk, &editor, text).unwrap();
        assert_eq!((edited.description.as_str(), &edited.file_name), (text, &item.file_name));
        assert_eq!(walk.sandbox.truth().nth(7).unwrap().description, text);
    }
    let too_long = edit(&mut walk, &editor, &(longest + "é"));
    assert!(matches!(too_long, Err(Refusal::Invalid { status: 400, .. })), "{too_long:?}");
}

#[test]
fn an_hour_ends_a_token_and_a_refresh_gives_the_next_until_the_grant_is_revoked() {
    let mut walk = Walk::new(10);
    let client = client(true);
    let tokens = walk.sign_in(&client, Access::Read, |_| true);
    walk.now_ms += 56 * 60_000;
    assert_eq!(tokens.life(walk.now_ms), Life::Refresh);
    walk.now_ms += 10 * 60_000;
    let search = |tokens: &Tokens| search_request(tokens.access_token.expose(), &SearchQuery::default(), None);
    assert_eq!(parse_search(&walk.send(&search(&tokens), &[])), Err(Refusal::TokenDead));
    let refresh = refresh_request(&client, tokens.refresh_token.as_ref().unwrap());
    let reply = parse_refresh_reply(&walk.send(&refresh, &[])).unwrap();
    let tokens = tokens.refreshed(reply, walk.now_ms);
    assert_eq!((tokens.life(walk.now_ms), tokens.may_read()), (Life::Fresh, true));
    assert_eq!(parse_search(&walk.send(&search(&tokens), &[])).unwrap().items.len(), 10);
    walk.send(&revoke_request(tokens.to_revoke()), &[]);
    assert_eq!(parse_refresh_reply(&walk.send(&refresh, &[])), Err(SignInError::GrantEnded));
    assert_eq!(parse_search(&walk.send(&search(&tokens), &[])), Err(Refusal::TokenDead));
}

#[test]
fn without_a_secret_there_is_an_hour_and_whose_it_is() {
    let mut walk = Walk::new(10);
    let tokens = walk.sign_in(&client(false), Access::Read, |_| true);
    assert_eq!((tokens.refresh_token.clone(), tokens.may_read()), (None, true));
    assert_eq!(walk.search(&token(&tokens), &SearchQuery::default()).len(), 10);
    assert_eq!(tokens.life(walk.now_ms + 3_600_000), Life::HourOver);
}

#[test]
fn an_unticked_scope_is_noticed_and_refused() {
    let mut walk = Walk::new(10);
    let tokens = walk.sign_in(&client(true), Access::Upload, |scope| scope != sign_in::UPLOAD_SCOPE);
    assert_eq!(tokens.missing_scopes(Access::Upload), [sign_in::UPLOAD_SCOPE]);
    let reply = walk.send(&upload_request(&token(&tokens), FileId(0), "image/jpeg", "x.jpg"), b"x");
    assert_eq!(parse_upload_token(&reply), Err(Refusal::ScopeMissing));
}

#[test]
fn a_no_and_a_wrong_secret_are_told_apart() {
    let mut walk = Walk::new(10);
    let wrong = ClientFile { client_secret: Some(sign_in::Secret::new("GOCSPX-other")), ..client(true) };
    let begun = begin(&wrong, Access::Read, Way::Redirect, BASE, &walk.entropy, walk.now_ms, None);
    let no = walk.sandbox.consent(&begun.url, false, &[], walk.now_ms).unwrap();
    let Outcome::Refused(code) = parse_callback(&no).unwrap().outcome else { panic!("the person said no") };
    assert_eq!(sign_in::refused(&code), SignInError::Denied);
    let scopes = [sign_in::READ_SCOPE.to_owned()];
    let yes = walk.sandbox.consent(&begun.url, true, &scopes, walk.now_ms).unwrap();
    let Outcome::Code(code) = parse_callback(&yes).unwrap().outcome else { panic!("the person said yes") };
    let exchange = |client: &ClientFile| exchange_request(client, &begun.pending, &code, BASE);
    let with = |walk: &mut Walk, client: &ClientFile| parse_token_reply(&walk.send(&exchange(client), &[]));
    assert_eq!(with(&mut walk, &wrong), Err(SignInError::WrongSecret));
    let none = ClientFile { client_secret: None, ..wrong };
    assert_eq!(with(&mut walk, &none), Err(SignInError::SecretMissing));
}

#[test]
fn every_album_and_what_is_in_it_is_read_as_it_is() {
    let mut walk = Walk::new(900);
    let tokens = walk.sign_in(&client(true), Access::Read, |_| true);
    let token = token(&tokens);
    let (mut albums, mut page_token) = (Vec::new(), None);
    loop {
        let request = albums_request(&token, page_token.as_deref());
        let page = parse_albums(&walk.send(&request, &[])).expect("the list is allowed");
        assert_eq!(page.problems, Vec::<String>::new());
        albums.extend(page.albums);
        page_token = page.next_page_token;
        if page_token.is_none() {
            break;
        }
    }
    let truth = walk.sandbox.album_truth();
    assert_eq!(albums.len(), truth.len());
    for (album, truth) in albums.iter().zip(truth) {
        assert_eq!((&album.id, &album.title, album.count as usize), (&truth.id, &truth.title, truth.items.len()));
        let (mut items, mut page_token) = (Vec::new(), None);
        loop {
            let request = members_request(&token, &album.id, page_token.as_deref());
            let page = parse_search(&walk.send(&request, &[])).expect("the search is allowed");
            items.extend(page.items.into_iter().map(|item| item.id));
            page_token = page.next_page_token;
            if page_token.is_none() {
                break;
            }
        }
        items.reverse();
        assert_eq!(items, truth.items);
    }
    let foreign = members_request(&token, "AGj1epNOTHING", None);
    assert!(matches!(parse_search(&walk.send(&foreign, &[])), Err(Refusal::Invalid { .. })));
    let gone = walk.sandbox.album_truth().remove(0).id;
    walk.sandbox.interfere(Interference::RemoveAlbum { id: gone.clone() });
    assert_eq!(parse_search(&walk.send(&members_request(&token, &gone, None), &[])), Err(Refusal::NotFound));
}
