// JSON needs no import: it is part of the language.
import 'node:http';

console.log('ready');
