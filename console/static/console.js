/** Small comforts of the console; every page works without them. */

for (const box of document.querySelectorAll('[data-layer]')) {
  const apply = () => {
    for (const sheet of document.querySelectorAll('svg.drawn')) {
      sheet.classList.toggle(`hides-${box.dataset.layer}`, !box.checked);
    }
  };
  box.addEventListener('change', apply);
  apply();
}

/** A row and its box light up together. */
function light(event, on) {
  const name = event.target.closest?.('[data-mark]')?.dataset.mark;
  if (!name) return;
  for (const part of document.querySelectorAll(`[data-mark="${CSS.escape(name)}"]`)) part.classList.toggle('lit', on);
}
document.addEventListener('mouseover', (event) => light(event, true));
document.addEventListener('mouseout', (event) => light(event, false));

for (const button of document.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => {
    const large = document.body.classList.toggle('zoomed');
    button.textContent = large ? button.dataset.fit : button.dataset.larger;
  });
}

/** j and k go from turn to turn. */
document.addEventListener('keydown', (event) => {
  if (!['j', 'k'].includes(event.key) || event.target.closest('input, select, textarea') || event.ctrlKey || event.metaKey) return;
  const turns = [...document.querySelectorAll('.turn')];
  const head = document.querySelector('.top').offsetHeight + 12;
  const here = turns.findIndex((turn) => turn.getBoundingClientRect().bottom > head + 1);
  const next = turns[Math.max(0, here + (event.key === 'j' ? 1 : -1))];
  if (next) window.scrollTo({ top: next.getBoundingClientRect().top + scrollY - head });
});
