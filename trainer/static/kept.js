// What waits to be sent, kept on this device: in IndexedDB, or in localStorage where a browser refuses that.
window.entente = window.entente || {};
window.entente.kept = (() => {
  "use strict";
  const STORE = "kept";
  const PREFIX = "entente-kept:";
  const PATIENCE = 3000; // milliseconds; some browsers leave an opening without an answer
  let opened = null;

  function open() {
    opened = opened || new Promise((resolve, reject) => {
      const request = indexedDB.open("entente", 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = request.onblocked = () => reject(request.error);
      setTimeout(reject, PATIENCE, new Error("IndexedDB does not answer"));
    });
    return opened;
  }

  async function ask(mode, question) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = question(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  function plainKeys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  }

  const plainOf = (key) => (plainKeys().includes(key) ? JSON.parse(localStorage.getItem(key)) : null);

  /** Keep a record, or put it in place of the one with its id. Rejects where the browser keeps nothing. */
  async function put(record) {
    try {
      await ask("readwrite", (store) => store.put(record));
    } catch {
      localStorage.setItem(PREFIX + record.id, JSON.stringify(record));
    }
  }

  const isSame = (record, other) => Boolean(other) && other.answeredAt === record.answeredAt;

  /** Remove a record, unless a later one has taken its place. */
  async function remove(record) {
    if (isSame(record, plainOf(PREFIX + record.id))) localStorage.removeItem(PREFIX + record.id);
    await ask("readwrite", (store) => {
      const found = store.get(record.id);
      found.onsuccess = () => { if (isSame(record, found.result)) store.delete(record.id); };
      return found;
    }).catch(() => {});
  }

  /** All that is kept for a learner, in the order of answering. */
  async function all(learner) {
    const records = await ask("readonly", (store) => store.getAll()).catch(() => []);
    const plain = plainKeys().map(plainOf);
    const place = (record) => record.answeredAt + record.id;
    return [...records, ...plain]
      .filter((record) => record && record.learner === learner)
      .sort((one, other) => (place(one) < place(other) ? -1 : 1));
  }

  return { put, remove, all };
})();
