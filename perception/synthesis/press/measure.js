// Run in the printed page: where every run of text, every mark and every cell lies, in CSS pixels
// from the sheet's upper left. An atom is one letter, or one picture of a handwritten letter.
() => {
  const sheet = document.querySelector("main");
  const origin = sheet.getBoundingClientRect();
  const tables = [...sheet.querySelectorAll("table[data-table]")];
  const rowsOf = (table) =>
    [...table.querySelectorAll("tr")].filter((row) => !row.hasAttribute("data-skip"));
  const words = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || node.hasAttribute("data-mark")) return "";
    if (node.dataset.glyph) return node.dataset.glyph;
    return [...node.childNodes].map(words).join("");
  };
  const cellOf = (element) => {
    const cell = element.closest("td,th");
    const table = cell && cell.closest("table[data-table]");
    if (!table) return null;
    const row = rowsOf(table).indexOf(cell.parentElement);
    return row < 0 ? null : [tables.indexOf(table), row, cell.cellIndex];
  };

  const atoms = [];
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (!node.dataset.glyph) continue;
      const cell = node.getBoundingClientRect();
      const ink = new DOMRect(
        cell.x, cell.y + cell.height * 0.13, cell.width, cell.height * 0.74,
      );
      atoms.push({ sign: node.dataset.glyph, rect: ink, owner: node.parentElement, hand: true });
      continue;
    }
    const owner = node.parentElement;
    const look = getComputedStyle(owner);
    if (look.visibility === "hidden" || owner.closest("style,script")) continue;
    const size = parseFloat(look.fontSize);
    const gap = parseFloat(look.letterSpacing) || 0;
    const upright = look.writingMode.startsWith("vertical");
    const signs = [...node.data];
    let at = 0;
    for (const sign of signs) {
      range.setStart(node, at);
      at += sign.length;
      range.setEnd(node, at);
      const found = range.getClientRects();
      if (!found.length || !(found[0].width && found[0].height)) continue;
      const rect = found[found.length - 1];
      const high = Math.min(rect.height, 1.14 * size);
      const box = upright
        ? rect
        : new DOMRect(rect.x, rect.y + (rect.height - high) / 2, rect.width - gap, high);
      atoms.push({ sign, rect: box, owner, hand: false, upright, node });
    }
  }

  const runs = [];
  let last = null;
  for (const atom of atoms) {
    const same =
      last &&
      !/[\u3000\u2003]/.test(atom.sign + last.sign) &&
      last.owner === atom.owner &&
      last.node === atom.node &&
      (atom.upright
        ? Math.abs(atom.rect.left - last.rect.left) < atom.rect.width / 2
        : Math.abs(atom.rect.top - last.rect.top) < atom.rect.height / 2 &&
          atom.rect.right >= last.rect.left);
    if (!same) {
      const field = atom.owner.closest("[data-field]");
      runs.push({
        text: "",
        rects: [],
        field: field ? field.dataset.field : null,
        cell: cellOf(atom.owner),
        handwritten: atom.hand,
      });
    }
    const run = runs[runs.length - 1];
    run.text += atom.sign;
    if (atom.sign.trim()) run.rects.push(atom.rect);
    last = atom;
  }

  const place = (rects) => [
    Math.min(...rects.map((r) => r.left)) - origin.left,
    Math.min(...rects.map((r) => r.top)) - origin.top,
    Math.max(...rects.map((r) => r.right)) - origin.left,
    Math.max(...rects.map((r) => r.bottom)) - origin.top,
  ];
  return {
    runs: runs
      .filter((run) => run.rects.length)
      .map(({ rects, text, ...rest }) => ({
        ...rest,
        text: text.replace(/\s+/g, " ").trim(),
        box: place(rects),
      })),
    marks: [...sheet.querySelectorAll("[data-mark]")].map((mark) => ({
      kind: mark.dataset.mark,
      text: mark.dataset.text || "",
      box: place([mark.getBoundingClientRect()]),
    })),
    tables: tables.map((table) =>
      rowsOf(table).map((row) => [...row.cells].map((cell) => words(cell).trim())),
    ),
    columns: tables.map((table) =>
      [...rowsOf(table)[0].cells].map((cell) => cell.dataset.column || ""),
    ),
  };
};
