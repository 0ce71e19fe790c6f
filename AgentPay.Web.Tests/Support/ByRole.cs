using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace AgentPay.Web.Tests.Support;

/// <summary>Finds elements as assistive technology does: by role and accessible name.</summary>
public static class ByRole
{
    private static readonly Dictionary<string, string> Selectors = new()
    {
        ["alert"] = "[role=alert]",
        ["button"] = "button,input[type=submit],[role=button]",
        ["combobox"] = "select,[role=combobox]",
        ["dialog"] = "dialog,[role=dialog]",
        ["heading"] = "h1,h2,h3,h4,h5,h6,[role=heading]",
        ["link"] = "a[href],[role=link]",
        ["listitem"] = "li,[role=listitem]",
        ["option"] = "option,[role=option]",
        ["radio"] = "input[type=radio],[role=radio]",
        ["textbox"] = "input:not([type]),input[type=text],input[type=search],textarea,[role=textbox]",
    };

    /// <summary>All elements with the role, in the order of the page.</summary>
    public static IReadOnlyList<IElement> AllByRole<T>(this IRenderedComponent<T> component, string role)
        where T : IComponent => [.. component.FindAll(Selectors.GetValueOrDefault(role, $"[role={role}]"))];

    /// <exception cref="InvalidOperationException">No element has this role and name. The message lists the names there are.</exception>
    public static IElement FindByRole<T>(this IRenderedComponent<T> component, string role, string name)
        where T : IComponent
    {
        var candidates = component.AllByRole(role);
        return candidates.FirstOrDefault(element => NameOf(component, element) == name)
            ?? throw new InvalidOperationException(
                $"No {role} is named \"{name}\". There are: {string.Join(", ", candidates.Select(element => NameOf(component, element)))}");
    }

    /// <summary>Whether an element with this role and name exists.</summary>
    public static bool HasRole<T>(this IRenderedComponent<T> component, string role, string name)
        where T : IComponent => component.AllByRole(role).Any(element => NameOf(component, element) == name);

    /// <exception cref="InvalidOperationException">No input has this label.</exception>
    public static IElement FindByLabel<T>(this IRenderedComponent<T> component, string label)
        where T : IComponent =>
        component.FindAll("input,select,textarea,[role=combobox]").FirstOrDefault(element => NameOf(component, element) == label)
        ?? throw new InvalidOperationException($"No input is labelled \"{label}\".");

    /// <summary>Waits for a button and presses it on the circuit, so that no rendering comes in between.</summary>
    public static void Press<T>(this IRenderedComponent<T> component, string button)
        where T : IComponent => component.Act(() => component.FindByRole("button", button), element => element.Click());

    /// <summary>Waits for a radio button or a check box and presses it on the circuit.</summary>
    public static void Choose<T>(this IRenderedComponent<T> component, string label)
        where T : IComponent => component.Act(() => component.FindByLabel(label), element => element.Click());

    /// <summary>Waits for an input and types into it on the circuit.</summary>
    public static void Enter<T>(this IRenderedComponent<T> component, string label, string text)
        where T : IComponent => component.Act(() => component.FindByLabel(label), element => element.Input(text));

    /// <summary>Waits for an input and changes its value on the circuit.</summary>
    public static void Change<T>(this IRenderedComponent<T> component, string label, object value)
        where T : IComponent => component.Act(() => component.FindByLabel(label), element => element.Change(value));

    private static void Act<T>(this IRenderedComponent<T> component, Func<IElement> find, Action<IElement> act)
        where T : IComponent
    {
        component.WaitForAssertion(() => find());
        component.InvokeAsync(() => act(find())).GetAwaiter().GetResult();
    }

    /// <summary>The accessible name: aria-label, aria-labelledby, the label of an input, or the text that is not hidden.</summary>
    public static string NameOf<T>(this IRenderedComponent<T> component, IElement element)
        where T : IComponent
    {
        if (element.GetAttribute("aria-label") is { Length: > 0 } label) return label;
        if (element.GetAttribute("aria-labelledby") is { Length: > 0 } id && component.FindAll($"[id='{id}']") is [var by, ..])
            return TextOf(by);
        if (element.LocalName is not ("input" or "select" or "textarea")) return TextOf(element);
        if (element.Id is { Length: > 0 } own && component.FindAll($"label[for='{own}']") is [var labelled, ..]) return TextOf(labelled);
        return element.Closest("label") is { } around ? TextOf(around) : "";
    }

    private static string TextOf(IElement element)
    {
        var copy = (IElement)element.Clone();
        foreach (var hidden in copy.QuerySelectorAll("[aria-hidden=true],svg").ToList()) hidden.Remove();
        return string.Join(' ', copy.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
