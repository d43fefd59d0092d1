// Puts a button where a page can be checked, and fetches the check itself only when it is pressed. Without scripts there is no button.
const place = document.getElementById('proof-check');
if (place !== null) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn main';
  button.textContent = place.dataset.button;
  place.before(button);
  let busy = false;
  button.addEventListener('click', async () => {
    if (busy) return;
    busy = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      const { check } = await import(place.dataset.check);
      await check(place);
    } catch {
      place.textContent = place.dataset.failed;
    }
    button.removeAttribute('aria-disabled');
    busy = false;
  });
}
