const clock = arguments[0];
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const text = element => element?.textContent.trim() ?? '';
const title = section => text(section.querySelector('h2'));
const notes = section => all(':scope > p.soft', section).map(text);
const sections = all('section.chart');
const lines = all('.insights > p.soft').map(text);
const figures = all('.figure').map(one => [text(one.querySelector('dt')), text(one.querySelector('dd'))]);
// What the engine counts comes last, and says of how many it has counted; a chart whose own fact is asked for counts others.
const ofEngine = sections.filter(section => ['Photos per f-number', 'Photos per ISO'].includes(title(section)));
const counted = ofEngine.map(section => notes(section)[0]?.match(/ of ([\d,]+) photos/)?.[1]);
const isBeingRead = lines.some(line => line.includes('is being read'));
const isByClock = sections.some(section => title(section) === `Photos per hour, ${clock}`);
if (!isByClock || isBeingRead || !figures.length || !counted.includes(figures[0][1])) {
    return null;
}
// All years of the calendar.
const more = all('button').find(one => /^Show (all|the latest \d\d+) /.test(text(one)));
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
            name: text(one.querySelector('dt')),
            value: text(one.querySelector('.highlight-value')),
            days: all('a', one).map(link => new URLSearchParams(link.href.split('?')[1]).get('days')),
        })),
    },
};
