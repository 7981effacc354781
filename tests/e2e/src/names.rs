//! Finding things as a screen reader announces them: by role and accessible name, never by class or position.

use axum::http::Method;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::common::requestdata::RequestData;
use thirtyfour::{ElementId, SessionId, WebDriver, WebElement};

use crate::failure::Told;

/// Roles of WAI-ARIA that the walks use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Button,
    Link,
    Checkbox,
    Radio,
    TextBox,
    ComboBox,
    Dialog,
    Table,
    FileInput,
    Slider,
    Heading,
    Image,
    Any,
}

impl Role {
    fn selector(self) -> &'static str {
        match self {
            Self::Button => "button, [role=button], input[type=submit], input[type=button], summary",
            Self::Link => "a[href], [role=link]",
            Self::Checkbox => "input[type=checkbox], [role=checkbox], [role=switch]",
            Self::Radio => "input[type=radio], [role=radio]",
            Self::TextBox => "input, textarea, [role=textbox]",
            Self::ComboBox => "select, [role=combobox]",
            Self::Dialog => "dialog[open], [role=dialog], [role=alertdialog]",
            Self::Table => "table, [role=table], [role=grid]",
            Self::FileInput => "input[type=file]",
            Self::Slider => "input[type=range], [role=slider]",
            Self::Heading => "h1, h2, h3, h4, [role=heading]",
            Self::Image => "img, [role=img]",
            Self::Any => "*",
        }
    }
}

/// The elements of this role that a person can reach now: shown, and inside the modal dialog if there is one. The
/// name is a first sieve only: the browser itself is asked for the accessible name of what is left.
const REACHABLE: &str = r#"
    const [selector, name] = arguments;
    const plain = text => (text ?? "").replace(/\s+/g, " ").trim();
    const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
    const shown = element => element.checkVisibility({ visibilityProperty: true })
        || [...(element.labels ?? [])].some(label => label.checkVisibility());
    const words = element => [
        element.getAttribute("aria-label"), element.textContent, element.value, element.alt, element.title,
        element.placeholder, element.caption?.textContent,
        ...[...(element.labels ?? [])].map(label => label.textContent),
        ...(element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean)
            .map(id => document.getElementById(id)?.textContent),
    ].map(plain).join(" ");
    return [...(modal ?? document).querySelectorAll(selector)]
        .concat(modal?.matches(selector) ? [modal] : [])
        .filter(element => shown(element) && !element.closest("[inert]") && words(element).includes(name))
        .slice(0, 40);
"#;

/// All reachable elements of this role and exactly this accessible name.
pub(crate) async fn find_all(driver: &WebDriver, role: Role, name: &str) -> Told<Vec<WebElement>> {
    let mut found = Vec::new();
    for element in sieve(driver, role, name).await? {
        if role == Role::Any || accessible_name(driver, &element).await? == name {
            found.push(element);
        }
    }
    Ok(found)
}

/// The first forty reachable elements of this role in whose words `part` occurs.
pub(crate) async fn reachable(driver: &WebDriver, role: Role, part: &str) -> Told<Vec<WebElement>> {
    sieve(driver, role, part).await
}

async fn sieve(driver: &WebDriver, role: Role, name: &str) -> Told<Vec<WebElement>> {
    Ok(driver.execute(REACHABLE, vec![role.selector().into(), name.into()]).await?.elements()?)
}

/// The name by which a screen reader announces `element` (WebDriver, "Get Computed Label").
pub(crate) async fn accessible_name(driver: &WebDriver, element: &WebElement) -> Told<String> {
    let reply = driver.handle().cmd(ComputedLabel(element.element_id())).await?;
    let label: String = reply.value()?;
    Ok(label.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[derive(Debug)]
struct ComputedLabel(ElementId);

impl FormatRequestData for ComputedLabel {
    fn format_request(&self, session_id: &SessionId) -> RequestData {
        RequestData::new(Method::GET, format!("session/{session_id}/element/{}/computedlabel", self.0))
    }
}
