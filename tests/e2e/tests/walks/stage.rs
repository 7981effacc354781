//! The stage itself: a test that trusts its instruments has tried them.

use albumen_e2e::browser::Role;
use albumen_e2e::google::{Call, Fault, Gate};
use albumen_e2e::walk::{Stage, walk};

#[test]
fn googles_names_lead_to_the_sandbox_and_every_other_name_to_the_recorder() {
    walk(Stage::default(), async |walk| {
        walk.browser.open("about:blank").await?;
        let fetch = "return await fetch('https://photoslibrary.googleapis.com/v1/nothing').then(reply => reply.status)";
        let status: u16 = walk.browser.run_async(fetch).await?;
        assert_eq!(status, 404);
        assert!(walk.google.seen().iter().any(|seen| seen.request.target == "/v1/nothing"));
        assert_eq!(walk.recorder.heard().await, Vec::<String>::new());

        let astray = "return await fetch('https://elsewhere.example/').then(() => 'answered', () => 'unreachable')";
        let outcome: String = walk.browser.run_async(astray).await?;
        assert_eq!(outcome, "unreachable");
        let heard =
            walk.browser.until("the recorder to hear of it", async || Ok(walk.recorder.take_heard().await)).await?;
        assert!(heard.iter().all(|host| host == "https://elsewhere.example"), "{heard:?}");
        walk.expect_line("network", "https://photoslibrary.googleapis.com/v1/nothing");
        walk.expect_line("network", "https://elsewhere.example");
        assert!(walk.browser.watcher.take_hosts().contains("elsewhere.example"));
        Ok(())
    });
}

#[test]
fn scripted_faults_happen_in_place_of_googles_answer_and_only_as_often_as_told() {
    walk(Stage::default(), async |walk| {
        walk.browser.open("about:blank").await?;
        walk.google.script(Fault::reply(Call::Search, 200, "text/html", "<p>Sorry</p>").after(1));
        walk.google.script(Fault::cut(Call::Search));
        let gate = Gate::default();
        walk.google.script(Fault::hold(Call::Revoke, &gate));
        let search = "
            const search = () => fetch('https://photoslibrary.googleapis.com/v1/mediaItems:search', { method: 'POST' })
                .then(async reply => `${reply.status} ${reply.headers.get('content-type')}`, () => 'cut');
            return [await search(), await search(), await search()];";
        let outcomes: Vec<String> = walk.browser.run_async(search).await?;
        assert!(outcomes[0].starts_with("40"), "{outcomes:?}");
        assert_eq!(&outcomes[1..], ["200 text/html", "cut"]);
        walk.expect_line("network", "mediaItems:search");

        let revoke = "globalThis.revoked = fetch('https://oauth2.googleapis.com/revoke',
            { method: 'POST', mode: 'no-cors' }).then(() => 'answered');";
        let _: Option<String> = walk.browser.run_async(revoke).await?;
        gate.reached().await;
        assert!(walk.google.calls(Call::Revoke).is_empty());
        gate.open();
        let outcome: String = walk.browser.run_async("return await globalThis.revoked").await?;
        assert_eq!(outcome, "answered");
        walk.expect_line("network", "/revoke");
        Ok(())
    });
}

#[test]
fn a_google_out_of_reach_answers_nothing_until_it_comes_back() {
    walk(Stage::default(), async |walk| {
        walk.browser.open("about:blank").await?;
        let fetch =
            "return await fetch('https://photoslibrary.googleapis.com/v1/x').then(() => 'answered', () => 'gone')";
        walk.google.go_out_of_reach();
        assert_eq!(walk.browser.run_async::<String>(fetch).await?, "gone");
        walk.google.come_back();
        assert_eq!(walk.browser.run_async::<String>(fetch).await?, "answered");
        walk.expect_line("network", "/v1/x");
        Ok(())
    });
}

#[test]
fn every_console_is_heard_and_a_time_zone_can_be_set() {
    walk(Stage::default(), async |walk| {
        walk.browser.open("about:blank").await?;
        let speak = "
            console.warn('from the page', 7);
            const code = 'console.error(`from the worker`); postMessage(new Date(1750000000000).getTimezoneOffset())';
            globalThis.worker = new Worker(URL.createObjectURL(new Blob([code])));
            return await new Promise(heard => { globalThis.worker.onmessage = event => heard(event.data) });";
        walk.browser.watcher.set_time_zone("Australia/Lord_Howe").await?;
        let offset_min: i32 = walk.browser.run_async(speak).await?;
        assert_eq!(offset_min, -630, "Lord Howe is ten and a half hours ahead in June");
        for (target, text) in [("page", "from the page 7"), ("worker", "from the worker")] {
            walk.browser
                .until(text, async || {
                    let lines = walk.browser.watcher.lines();
                    Ok(lines.iter().any(|line| line.target == target && line.text == text).then_some(()))
                })
                .await?;
            walk.expect_line("console-api", text);
        }
        // The page's console repeats what its worker said.
        walk.expect_line("worker", "from the worker");
        let sum = walk.browser.watcher.run_in_worker("Promise.resolve(40 + 2)").await?;
        assert_eq!(sum, 42);
        Ok(())
    });
}

#[test]
fn files_and_folders_are_dropped_as_by_a_hand() {
    walk(Stage::default(), async |walk| {
        walk.browser.open("about:blank").await?;
        let listen = "
            globalThis.dropped = [];
            addEventListener('dragover', event => event.preventDefault());
            addEventListener('drop', event => {
                event.preventDefault();
                for (const item of event.dataTransfer.items) {
                    const entry = item.webkitGetAsEntry();
                    dropped.push([entry.name, entry.isDirectory]);
                }
            });";
        let _: Option<String> = walk.browser.run(listen, vec![]).await?;
        let file = walk.files.file("größte Düne.zip", "no zip")?;
        let folder = walk.files.path().join("Takeout");
        std::fs::create_dir(&folder)?;
        walk.browser.drop_files(&[&file, &folder]).await?;
        let dropped: Vec<(String, bool)> = walk.browser.run("return globalThis.dropped", vec![]).await?;
        assert_eq!(dropped, [("größte Düne.zip".to_owned(), false), ("Takeout".to_owned(), true)]);
        Ok(())
    });
}

#[test]
fn a_page_that_is_lost_takes_its_worker_with_it_and_the_profile_stays() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        walk.browser.find(Role::Button, "Try it now").await?;
        let begin = "localStorage.setItem('stays', 'yes');
            const code = 'setInterval(() => 1, 10)';
            globalThis.worker = new Worker(URL.createObjectURL(new Blob([code])));";
        let _: Option<String> = walk.browser.run(begin, vec![]).await?;
        walk.browser.until("a worker", async || Ok((!walk.browser.watcher.workers().is_empty()).then_some(()))).await?;
        walk.browser.lose_page().await?;
        assert_eq!(walk.browser.watcher.workers(), Vec::<String>::new());
        walk.open().await?;
        walk.browser.find(Role::Button, "Try it now").await?;
        let stays: String = walk.browser.run("return localStorage.getItem('stays')", vec![]).await?;
        assert_eq!(stays, "yes");
        Ok(())
    });
}
