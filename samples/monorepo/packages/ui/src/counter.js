export function counter() {
  const button = document.createElement('button');
  let count = 0;
  const show = () => (button.textContent = `count is ${count}`);
  button.type = 'button';
  button.addEventListener('click', () => {
    count += 1;
    show();
  });
  show();
  return button;
}
