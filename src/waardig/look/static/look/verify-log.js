// Checks a resident's own lines of the log in the browser. The file stays here: nothing is sent.
// Leaf: sha256(0 || sha256(salt || text)); path to the root: RFC 9162 section 2.1.3.2; signature: C2SP signed-note, Ed25519;
// of witnesses: C2SP tlog-cosignature.
(function () {
  "use strict";
  const place = document.querySelector("[data-verify-log]");
  if (!place || !window.crypto || !window.crypto.subtle) return;
  const form = place.querySelector("[data-verify-form]");
  const result = place.querySelector("[data-verify-result]");
  const text = new TextEncoder();
  form.hidden = false;

  function joined(...parts) {
    const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  }
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
  const base64 = (written) => Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
  const hex = (written) => Uint8Array.from(written.match(/../g) || [], (pair) => parseInt(pair, 16));
  const node = (left, right) => sha256(new Uint8Array([1]), left, right);

  const leaf = async (salt, written) => sha256(new Uint8Array([0]), await sha256(hex(salt), text.encode(written)));

  async function leadsTo(root, size, found, here, path) {
    let last = size - 1;
    if (!(here >= 0 && here <= last)) return false;
    for (const step of path) {
      if (last === 0) return false;
      const beside = base64(step);
      if (here % 2 || here === last) {
        found = await node(beside, found);
        while (here % 2 === 0 && here) {
          here = Math.floor(here / 2);
          last = Math.floor(last / 2);
        }
      } else found = await node(found, beside);
      here = Math.floor(here / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && same(found, root);
  }

  async function verifies(key, signature, signed) {
    try {
      const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, signed);
    } catch {
      return null;
    }
  }

  // The signature lines of a note: name, and the four bytes of the key with the signature behind it.
  function signatures(note) {
    const lines = (note.split("\n\n")[1] || "").split("\n").map((line) => line.split(" "));
    return lines
      .filter((parts) => parts.length === 3 && parts[0] === "\u2014")
      .map((parts) => ({ name: parts[1], raw: base64(parts[2]) }));
  }

  // Which of these witnesses (NAME+NUMBER+KEY) signed the note, with the moment they say.
  async function witnesses(note, known) {
    const found = [];
    for (const written of known) {
      const [name, , ...rest] = written.split("+");
      const kindAndKey = base64(rest.join("+"));
      const named = (await sha256(text.encode(name + "\n"), kindAndKey)).slice(0, 4);
      for (const one of signatures(note)) {
        if (one.name !== name || one.raw.length !== 76 || !same(named, one.raw.slice(0, 4))) continue;
        const seconds = new DataView(one.raw.buffer).getBigUint64(4);
        const signed = text.encode("cosignature/v1\ntime " + seconds + "\n" + note.split("\n\n")[0] + "\n");
        if (await verifies(kindAndKey.slice(1), one.raw.slice(12), signed))
          found.push(name + ", " + new Date(Number(seconds) * 1000).toLocaleString(document.documentElement.lang));
      }
    }
    return found;
  }

  // true or false; null when this browser does not know the signature.
  async function signed(note, keys) {
    for (const one of signatures(note)) {
      for (const written of keys) {
        const key = base64(written);
        const named = (await sha256(text.encode(one.name + "\n\u0001"), key)).slice(0, 4);
        if (same(named, one.raw.slice(0, 4)))
          return verifies(key, one.raw.slice(4), text.encode(note.split("\n\n")[0] + "\n"));
      }
    }
    return false;
  }

  // Per month what the log counted and what this file holds; null when those counts are not the ones that were signed.
  async function months(found, keys) {
    if (!found.counts) return [];
    const note = found.counts.checkpoint;
    if ((await signed(note, keys)) === false || note.split("\n")[0] !== found.checkpoint.split("\n")[0]) return null;
    const size = Number(note.split("\n")[1]);
    const here = {};
    for (const line of found.lines) {
      const about = JSON.parse(line.line);
      if (line.place >= size) continue;
      const own = (here[about.detail.subject] ||= {});
      const month = new Date(about.line.start_time).toISOString().slice(0, 7);
      own[month] = (own[month] || 0) + 1;
    }
    const all = [];
    for (const one of found.counts.subjects) {
      const counted = JSON.parse(one.counts);
      if (counted.size !== size || !(await standsIn(one, counted.subject, size, note))) return null;
      const own = here[counted.subject] || {};
      delete here[counted.subject];
      for (const month of new Set([counted.months, own, one.withheld].flatMap(Object.keys)))
        all.push({
          month,
          counted: counted.months[month] || 0,
          here: own[month] || 0,
          withheld: one.withheld[month] || 0,
        });
    }
    if (Object.keys(here).length) return null;
    return all.sort((one, other) => one.month.localeCompare(other.month));
  }

  // Where somebody stands among the counts follows from the size and the person, so that there is one count of each.
  async function standsIn(one, subject, size, note) {
    const content = base64(one.content);
    const key = await sha256(text.encode(size + ":" + subject));
    const own = [];
    for (let at = 0; at < content.length; at += 64)
      if (same(content.slice(at, at + 32), key)) own.push(content.slice(at + 32, at + 64));
    const roots = note.split("\n\n")[0].split("\n").slice(3).filter((line) => line.startsWith("counts "));
    if (roots.length !== 1 || own.length !== 1 || !same(own[0], await leaf(one.salt, one.counts))) return false;
    if (one.bucket !== key[0] * 16 + (key[1] >> 4)) return false;
    const bucket = await sha256(new Uint8Array([0]), content);
    return leadsTo(base64(roots[0].split(" ")[1]), 4096, bucket, one.bucket, one.path);
  }

  function called(line) {
    try {
      const about = JSON.parse(line.line).line;
      return about.name + ", " + new Date(about.start_time).toLocaleString(document.documentElement.lang);
    } catch {
      return "?";
    }
  }

  function show(name, count, wrong, seen, counted) {
    const shown = place.querySelector("[data-verify-" + name + "]").content.cloneNode(true);
    const number = shown.querySelector("[data-verify-count]");
    if (number) number.textContent = count;
    const list = shown.querySelector("[data-verify-lines]");
    (wrong || []).forEach((line) => {
      const item = document.createElement("li");
      item.textContent = called(line);
      list.append(item);
    });
    const witnessed = shown.querySelector("[data-verify-witnessed]");
    if (witnessed && seen && seen.length) {
      witnessed.hidden = false;
      const by = witnessed.querySelector("ul");
      seen.forEach((one) => by.append(Object.assign(document.createElement("li"), { textContent: one })));
    }
    const months = shown.querySelector("[data-verify-months]");
    if (months && counted && counted.length) {
      months.hidden = false;
      counted.forEach((one) => {
        const item = place.querySelector("[data-verify-month]").content.cloneNode(true);
        const [year, month] = one.month.split("-").map(Number);
        const when = { month: "long", year: "numeric", timeZone: "UTC" };
        const lang = document.documentElement.lang;
        item.querySelector("[data-name]").textContent = new Date(Date.UTC(year, month - 1)).toLocaleDateString(lang, when);
        for (const what of ["counted", "here", "withheld"]) item.querySelector("[data-" + what + "]").textContent = one[what];
        months.querySelector("ul").append(item);
      });
    }
    result.replaceChildren(shown);
  }

  async function check(file) {
    const found = JSON.parse(await file.text());
    if (found.form !== "waardig-logbewijs-1") throw new Error("another form");
    const [, size, root] = found.checkpoint.split("\n");
    const signature = await signed(found.checkpoint, place.dataset.verifyLog.split(" "));
    if (signature === false) return show("signature");
    const wrong = [];
    for (const line of found.lines) {
      const own = await leaf(line.salt, line.line);
      if (!(await leadsTo(base64(root), Number(size), own, line.place, line.path))) wrong.push(line);
    }
    if (wrong.length) return show("bad", 0, wrong);
    const counted = await months(found, place.dataset.verifyLog.split(" "));
    if (counted === null) return show("signature");
    if (counted.some((one) => one.counted !== one.here + one.withheld)) return show("missing", 0, [], [], counted);
    const seen = await witnesses(found.checkpoint, (place.dataset.verifyWitnesses || "").split(" ").filter(Boolean));
    return show(signature === null ? "unsigned" : "good", found.lines.length, [], seen, counted);
  }

  form.querySelector("input").addEventListener("change", (event) => {
    const file = event.target.files[0];
    if (file) check(file).catch(() => show("unreadable"));
  });
})();
