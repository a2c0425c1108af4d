// The filters, which are the legend too: what is hidden, how many there are, how each looks.
function makeFilters() {
  const box = document.getElementById("filters");
  document.getElementById("filters-name").textContent = say("filters");
  // On a narrow or much enlarged screen the graph comes first; the filters open on request.
  box.open = window.matchMedia("(min-width: 60rem)").matches;
  box.append(
    filterGroup("relation", countBy(edges, (edge) => edge.relation), relationName, swatch),
    filterGroup("type", countBy(nodes, typeOf), String, null),
    filterGroup("place", countBy(nodes, placeOf), (place) => say(place), (place) => element("span", { class: `dot ${place}` })),
    marks(),
  );
}

function filterGroup(group, counts, nameOf, pictureOf) {
  const boxes = counts.map(([key]) => element("input", {
    type: "checkbox", checked: "", onchange: (event) => setHidden(group, [key], !event.target.checked),
  }));
  const lines = counts.map(([key, count], at) => element("label", {}, [
    boxes[at],
    ...(pictureOf ? [pictureOf(key)] : []),
    element("bdi", { text: nameOf(key) }),
    element("span", { class: "count", text: count.toLocaleString(document.documentElement.lang) }),
  ]));
  const all = (checked) => {
    for (const box of boxes) box.checked = checked;
    setHidden(group, counts.map(([key]) => key), !checked);
  };
  const buttons = element("span", { class: "both" }, [
    element("button", { type: "button", text: say("every"), onclick: () => all(true) }),
    element("button", { type: "button", text: say("nothing"), onclick: () => all(false) }),
  ]);
  return element("fieldset", { id: `filter-${group}` }, [
    element("legend", { text: say(group) }), ...(counts.length > 2 ? [buttons] : []), ...lines,
  ]);
}

function setHidden(group, keys, hide) {
  for (const key of keys) {
    if (hide) state.hidden[group].add(key);
    else state.hidden[group].delete(key);
  }
  changed();
}

const SHAPES = { document: "●", provision: "■", unit: "▲", person: "◆" };

// The shapes of the kinds there are, and the bar of what is no longer in force.
function marks() {
  const kinds = countBy(nodes, (node) => node.kind).map(([kind]) => [SHAPES[kind] || "●", view.kinds[kind] || kind]);
  const struck = nodes.some((node) => STRUCK.has(node.state)) ? [["╱", say("mark_struck")]] : [];
  const lines = [...kinds, ...struck].map(([mark, name]) => element("p", { class: mark === "╱" ? "mark struck" : "mark" }, [
    element("span", { "aria-hidden": "true", text: mark }), element("bdi", { text: name }),
  ]));
  return element("fieldset", {}, [element("legend", { text: say("marks") }), ...lines]);
}

function showCounts() {
  const numbers = { nodes: countShown(shownNode), all_nodes: nodes.length, edges: countShown(shownEdge), all_edges: edges.length };
  const named = Object.entries(numbers).map(([name, n]) => [name, n.toLocaleString(document.documentElement.lang)]);
  const text = say("counts", Object.fromEntries(named));
  document.getElementById("counts").textContent = numbers.nodes ? text : say("nothing_shown");
  return text;
}
