/** The look of an exported timeline: phone first, light and dark, and on paper. Pinned by its hash in the page. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#16202b;--soft:#52606d;--paper:#fff;--wash:#f3f5f7;--rule:#d5dce2;--link:#0b5a9e;--good:#14663a;--bad:#a3161b;--mark:#8a5a00;
--decision:#8f2d8f;--step:#0b5a9e;--fact:#14663a;--word:#8a5a00;--outward:#a3161b;--team:#3f5163;--record:#6b7885}
@media (prefers-color-scheme:dark){:root{--ink:#e7ecf0;--soft:#a5b1bc;--paper:#12181e;--wash:#1b232b;--rule:#33404c;--link:#7bbcf5;--good:#6fd39a;--bad:#ff8f8f;--mark:#f2bd5a;
--decision:#e19be1;--step:#7bbcf5;--fact:#6fd39a;--word:#f2bd5a;--outward:#ff8f8f;--team:#b4c3d0;--record:#93a1ad}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:60rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--link)}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
.drill{position:sticky;top:0;z-index:1;margin:0 -1rem;padding:.4rem 1rem;background:#ffd54a;color:#1b1600;font-weight:700;text-align:center;letter-spacing:.08em}
.soft,.when,.how{color:var(--soft);font-size:.875rem}
code,.mono{font:.8125rem/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
section.check,fieldset{border:1px solid var(--rule);border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0;background:var(--wash)}
button,select,input,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.375rem;padding:.5rem .75rem;min-height:2.75rem;max-width:100%}
button{background:var(--link);color:var(--paper);border-color:transparent;font-weight:600;cursor:pointer}
textarea{display:block;width:100%;min-height:7rem;font:.8125rem/1.4 ui-monospace,monospace}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
label{display:inline-block;margin:.25rem .75rem .25rem 0}
progress{width:100%}
#verdict{white-space:pre-wrap;overflow-wrap:anywhere;font-weight:600}#verdict.good{color:var(--good)}#verdict.alone{color:var(--mark)}#verdict.bad{color:var(--bad)}
figure{margin:1rem 0;overflow-x:auto}
svg{width:100%;min-width:44rem;height:auto}svg text{font:13px system-ui,sans-serif;fill:var(--soft)}svg line{stroke:var(--rule)}
svg .decision circle{fill:var(--decision)}svg .step circle{fill:var(--step)}svg .fact circle{fill:var(--fact)}svg .word circle{fill:var(--word)}
svg .outward circle{fill:var(--outward)}svg .team circle{fill:var(--team)}svg .record circle{fill:var(--record)}
ol{list-style:none;padding:0;margin:0}
li.entry{border-top:1px solid var(--rule);border-left:.25rem solid var(--record);padding:.6rem 0 .6rem .75rem}
li.decision{border-left-color:var(--decision)}li.step{border-left-color:var(--step)}li.fact{border-left-color:var(--fact)}li.word{border-left-color:var(--word)}
li.outward{border-left-color:var(--outward)}li.team{border-left-color:var(--team)}
li.entry p{margin:.15rem 0}
li:target{background:var(--wash)}
.what{white-space:pre-wrap;overflow-wrap:anywhere}
.later{border-left:2px solid var(--mark);padding-left:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}
.tag{display:inline-block;border:1px solid currentColor;border-radius:.75rem;padding:0 .5rem;font-size:.75rem;color:var(--mark)}
article.told{border-left:.25rem solid var(--outward);padding:.1rem 0 .1rem .75rem;margin:1rem 0;break-inside:avoid}article.told h3{font-size:1rem;margin:0}article.told blockquote{margin:.4rem 0;padding:.6rem .75rem;background:var(--wash);border-radius:.375rem}article.told p{margin:.2rem 0}
.withheld{font-style:italic}
[hidden]{display:none!important}
@media print{body{max-width:none;font-size:10pt}.check,.filter,.skip{display:none}li.entry{break-inside:avoid}.drill{position:static}a{color:inherit;text-decoration:none}}
`;
