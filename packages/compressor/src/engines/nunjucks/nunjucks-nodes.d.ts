/** The syntax tree of Nunjucks 3.2.4, which has no types of its own. */

declare module 'nunjucks/src/nodes.js' {
  /** A node of the syntax tree. Lines and columns count from 0. */
  export class Node {
    readonly typename: string;
    readonly fields: readonly string[];
    lineno: number | undefined;
    colno: number | undefined;
    findAll<T extends Node>(type: NodeType<T>): T[];
  }
  export type NodeType<T extends Node> = abstract new (...given: never[]) => T;
  export class NodeList extends Node {
    constructor(lineno: number, colno: number, children?: Node[]);
    readonly children: Node[];
  }
  export class Root extends NodeList {}
  export class Output extends NodeList {}
  export class Group extends NodeList {}
  export class ArrayNode extends NodeList {}
  export class Dict extends NodeList {}
  export class KeywordArgs extends Dict {}
  export class Literal extends Node {
    constructor(lineno: number, colno: number, value: unknown);
    readonly value: unknown;
  }
  export class TemplateData extends Literal {}
  export class SymbolNode extends Node {
    constructor(lineno: number, colno: number, value: string);
    readonly value: string;
  }
  export class Pair extends Node {
    readonly key: SymbolNode;
    readonly value: Node;
  }
  export class LookupVal extends Node {
    readonly target: Node;
    readonly val: Node;
  }
  export class FunCall extends Node {
    constructor(lineno: number, colno: number, name: Node, args: NodeList);
    readonly name: Node;
    readonly args: NodeList;
  }
  export class Filter extends FunCall {
    constructor(lineno: number, colno: number, name: SymbolNode, args: NodeList);
    readonly name: SymbolNode;
  }
  export class FilterAsync extends Filter {}
  export class Capture extends Node {
    constructor(lineno: number, colno: number, body: NodeList);
    readonly body: NodeList;
  }
  export class InlineIf extends Node {
    readonly cond: Node;
    readonly body: Node;
    readonly else_: Node | null;
  }
  export class If extends Node {
    readonly cond: Node;
    readonly body: Node;
    readonly else_: Node | null;
  }
  export class IfAsync extends If {}
  export class For extends Node {
    readonly arr: Node;
    readonly name: SymbolNode | ArrayNode;
    readonly body: NodeList;
    readonly else_: NodeList | null;
  }
  export class AsyncEach extends For {}
  export class AsyncAll extends For {}
  export class Macro extends Node {
    readonly name: SymbolNode;
    readonly args: NodeList;
    readonly body: NodeList;
  }
  export class Caller extends Macro {}
  export class TemplateRef extends Node {
    readonly template: Node;
  }
  export class Extends extends TemplateRef {}
  export class Include extends TemplateRef {
    readonly ignoreMissing: boolean | null;
  }
  export class Import extends TemplateRef {
    readonly target: SymbolNode;
    readonly withContext: boolean | null;
  }
  export class FromImport extends TemplateRef {
    readonly names: NodeList;
    readonly withContext: boolean | null;
  }
  export class Block extends Node {
    readonly name: SymbolNode;
    readonly body: NodeList;
  }
  export class Super extends Node {}
  export class SetNode extends Node {
    readonly targets: SymbolNode[];
    readonly value: Node | null;
    readonly body?: Capture;
  }
  export class Case extends Node {
    readonly cond: Node;
    readonly body: NodeList;
  }
  export class Switch extends Node {
    readonly expr: Node;
    readonly cases: Case[];
    readonly default: NodeList | null;
  }
  export class BinOp extends Node {
    readonly left: Node;
    readonly right: Node;
  }
  export class Or extends BinOp {}
  export class And extends BinOp {}
  export class Not extends Node {
    readonly target: Node;
  }
  export class Is extends BinOp {}
  export class CallExtension extends Node {
    readonly extName: string;
    readonly args: NodeList;
    readonly contentArgs: readonly (Node | null)[];
  }
  export class CallExtensionAsync extends CallExtension {}
  const nodes: {
    readonly Node: typeof Node;
    readonly NodeList: typeof NodeList;
    readonly Root: typeof Root;
    readonly Output: typeof Output;
    readonly Group: typeof Group;
    readonly Array: typeof ArrayNode;
    readonly Dict: typeof Dict;
    readonly KeywordArgs: typeof KeywordArgs;
    readonly Literal: typeof Literal;
    readonly TemplateData: typeof TemplateData;
    readonly Symbol: typeof SymbolNode;
    readonly Pair: typeof Pair;
    readonly LookupVal: typeof LookupVal;
    readonly FunCall: typeof FunCall;
    readonly Filter: typeof Filter;
    readonly FilterAsync: typeof FilterAsync;
    readonly Capture: typeof Capture;
    readonly InlineIf: typeof InlineIf;
    readonly If: typeof If;
    readonly IfAsync: typeof IfAsync;
    readonly For: typeof For;
    readonly AsyncEach: typeof AsyncEach;
    readonly AsyncAll: typeof AsyncAll;
    readonly Macro: typeof Macro;
    readonly Caller: typeof Caller;
    readonly Extends: typeof Extends;
    readonly Include: typeof Include;
    readonly Import: typeof Import;
    readonly FromImport: typeof FromImport;
    readonly Block: typeof Block;
    readonly Super: typeof Super;
    readonly Set: typeof SetNode;
    readonly Case: typeof Case;
    readonly Switch: typeof Switch;
    readonly Or: typeof Or;
    readonly And: typeof And;
    readonly Not: typeof Not;
    readonly Is: typeof Is;
    readonly CallExtension: typeof CallExtension;
    readonly CallExtensionAsync: typeof CallExtensionAsync;
  };
  export default nodes;
}
