using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Pages;
using AgentPay.Web.Handover;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using AngleSharp.Dom;
using Bunit;
using Bunit.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>The console of one agent on a live instance, rendered as in a circuit: its texts and buttons.</summary>
internal sealed class AgentScreen : ConsoleContext
{
    /// <summary>What the page asks of its instance.</summary>
    private static readonly Type[] Used =
    [
        typeof(PaymentDesk), typeof(PaymentProfiles), typeof(PaymentNews), typeof(Receipts),
        typeof(CallDirectory), typeof(PstnLeg), typeof(CallsClient), typeof(CallFinder), typeof(CallHandover), typeof(Colleagues),
        typeof(LiveFeed<PaymentId, PaymentSession>), typeof(LiveFeed<string, CallList>), typeof(LiveFeed<string, FeedHealth>),
    ];

    private readonly IRenderedComponent<ConsolePage> _page;

    /// <param name="address">Such as <c>pay?callSid=CA…&amp;amount=42.50</c>.</param>
    public AgentScreen(AgentPayApp app, string address)
    {
        Services.AddSingleton<TimeProvider>(app.Clock);
        foreach (var type in Used) Services.AddSingleton(type, app.Services.GetRequiredService(type));
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        _page = RenderFor<ConsolePage>(Amara, _ => { });
    }

    /// <summary>What a screen reader was told last.</summary>
    public (string Status, string Alert) Spoken => (Announcer.Status, Announcer.Alert);

    /// <summary>What stands on the page now, without the names of icons.</summary>
    public string Text => string.Join(' ', string.Concat(_page.Nodes.SelectMany(TextsIn)).Replace('\u00a0', ' ')
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether there is such a button, and it can be pressed.</summary>
    public bool Offers(string button) => Button(button) is not null;

    /// <summary>Ends when the page says all of these words.</summary>
    public Task SeesAsync(params string[] words) => WhenAsync(text => words.All(word => text.Contains(word, StringComparison.Ordinal)));

    /// <summary>Ends when the page says these words no more.</summary>
    public Task SeesNoMoreAsync(string words) => WhenAsync(text => !text.Contains(words, StringComparison.Ordinal));

    /// <summary>Ends when the button can be pressed, and has been. What comes of it shows on the page.</summary>
    public async Task PressAsync(string button)
    {
        do await WhenAsync(_ => Offers(button));
        while (!await TryPressAsync(button));
    }

    /// <summary>Presses the button if it can be pressed just now.</summary>
    /// <returns>False when there is no such button, or when it was rendered anew between finding and pressing it.</returns>
    public Task<bool> TryPressAsync(string button) => _page.InvokeAsync(() =>
        Button(button)?.ClickAsync(new()) is { } click && click.Exception?.InnerException is not UnknownEventHandlerIdException);

    // Not by an assertion: it would fail at each rendering, and an exception costs more than the rendering. The limit is in the clock's
    // time.
    private Task WhenAsync(Func<string, bool> holds) => _page.WaitForStateAsync(() => holds(Text), TimeSpan.FromMinutes(10));

    private IElement? Button(string text) =>
        _page.FindAll("button:not([disabled])").FirstOrDefault(b => string.Concat(TextsIn(b)).Trim().Replace('\u00a0', ' ') == text);

    private static IEnumerable<string> TextsIn(INode node) => node switch
    {
        IText text => [text.Text],
        IElement { LocalName: "dialog" } => [],
        IElement element when element.ClassList.Contains("icon") => [],
        _ => node.ChildNodes.SelectMany(TextsIn).Append(" "),
    };
}
