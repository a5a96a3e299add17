import { useState } from 'react';

const steps = ['pack', 'queue', 'build', 'check', 'deploy'];

export function App() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <h1>Vite + React</h1>
      <p>{import.meta.env.VITE_GREETING ?? 'Hello'}</p>
      <ol>
        {steps.map((step, index) => (
          <li key={step} className={index < count ? 'done' : undefined}>
            {step}
          </li>
        ))}
      </ol>
      <button type="button" onClick={() => setCount((value) => value + 1)}>
        count is {count}
      </button>
    </main>
  );
}
