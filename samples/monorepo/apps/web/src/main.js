import { counter } from 'ui';
import 'ui/style.css';

document.querySelector('main').append(counter());
