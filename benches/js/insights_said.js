const clock = arguments[0];
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const text = element => element?.textContent.trim() ?? '';
const title = section => text(section.querySelector('h2'));
const notes = section => all(':scope > p.soft', section).map(text);
const sections = all('section.chart');
const lines = all('.insights > p.soft').map(text);
const figures = all('.figure').map(one => [text(one.querySelector('dt')), text(one.querySelector('dd'))]);
// What the engine counts comes last, and says of how many it has counted.
const fNumbers = sections.find(section => title(section) === 'Photos per f-number');
const counted = fNumbers ? notes(fNumbers)[0]?.match(/ of ([\d,]+) photos/)?.[1] : undefined;
const isBeingRead = lines.some(line => line.includes('is being read'));
const isByClock = sections.some(section => title(section) === `Photos per hour, ${clock}`);
if (!isByClock || isBeingRead || counted === undefined || counted !== figures[0]?.[1]) {
    return null;
}
const button = words => all('button').find(one => text(one).startsWith(words));
const more = button('Show all');
if (more) {
    more.click();
    return null;
}
return {
    charts: sections.map(title),
    notes: sections.map(notes),
    rest: {
        figures,
        lines,
        highlights: all('.highlight').map(one => ({
            value: text(one.querySelector('.highlight-value')),
            days: all('a', one).map(link => new URLSearchParams(link.href.split('?')[1]).get('days')),
        })),
        years_shown: button('Show the latest') ? 60 : 3,
    },
};
