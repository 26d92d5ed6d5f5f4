// What the administration does better with a script. Without it, every page works all the same.
import './colour.ts';
import './confirm.ts';
import './page-tree.ts';
import './forget-query.ts';
import './send-once.ts';
