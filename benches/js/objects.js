// The obvious way: a row is an object in IndexedDB, and all of them are read by `getAll`. `some` rows are repeated
// until there are `rows`.
const done = request => new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
});
const opening = indexedDB.open("objects", 1);
opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { keyPath: "id" });
const database = await done(opening);
for (let from = 0; from < rows; from += 20000) {
    const transaction = database.transaction("rows", "readwrite");
    const store = transaction.objectStore("rows");
    for (let id = from; id < Math.min(rows, from + 20000); id += 1) {
        store.put({ id, ...some[id % some.length] });
    }
    await new Promise((good, bad) => {
        transaction.oncomplete = good;
        transaction.onabort = () => bad(transaction.error);
    });
}
const times = [];
for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const all = await done(database.transaction("rows").objectStore("rows").getAll());
    times.push(performance.now() - start);
    if (all.length !== rows) {
        throw new Error(`getAll found ${all.length} of ${rows} rows`);
    }
}
database.close();
await done(indexedDB.deleteDatabase("objects"));
return times;
