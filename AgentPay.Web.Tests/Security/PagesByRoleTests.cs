using System.Net;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;

namespace AgentPay.Web.Tests.Security;

/// <summary>Requests of every role to every page and session endpoint, in several spellings of the URL.</summary>
public sealed class PagesByRoleTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private const string Anonymous = "";

    /// <summary>The allowed roles of each URL. New pages must be added here.</summary>
    private static readonly Dictionary<string, string[]> MayOpen = new()
    {
        ["/"] = [People.Amara, People.Priya, People.Tomas],
        ["/pay"] = [People.Amara, People.Priya, People.Tomas],
        ["/board"] = [People.Priya],
        ["/history"] = [People.Amara, People.Priya],
        ["/history/export"] = [People.Amara, People.Priya],
        ["/history/print"] = [People.Amara, People.Priya],
        ["/setup"] = [People.Tomas],
    };

    [Fact]
    public void Pages_AreTheseAndNoOthers() =>
        Surface.Endpoints(bench.App)
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(Surface.RouteOf)
            .Append("/history/export")
            .ShouldBe(MayOpen.Keys, ignoreOrder: true);

    [Theory]
    [InlineData(Anonymous)]
    [InlineData(People.Nora)]
    [InlineData(People.Amara)]
    [InlineData(People.Priya)]
    [InlineData(People.Tomas)]
    public async Task Page_ForEachPerson_OpensOrNotHoweverItIsWritten(string person)
    {
        using var browser = new HttpBrowser(bench.App.Url);
        if (person != Anonymous) (await browser.SignInAsync(person)).Dispose();

        foreach (var (path, people) in MayOpen)
        {
            foreach (var spelling in SpellingsOf(path))
            {
                using var page = await browser.GoAsync(spelling);
                var isOpen = page.StatusCode == HttpStatusCode.OK
                    || (path == "/history/export" && page.StatusCode == HttpStatusCode.BadRequest)
                    || IsLedToSetup(page, person);
                isOpen.ShouldBe(people.Contains(person), $"{spelling}: {page.StatusCode}");
                if (!isOpen) ShouldLeadAway(page, person);
            }
        }
    }

    /// <summary>Every role may open a circuit. The router checks the roles of each page.</summary>
    [Theory]
    [InlineData(Anonymous, HttpStatusCode.Unauthorized)]
    [InlineData(People.Nora, HttpStatusCode.Forbidden)]
    [InlineData(People.Amara, HttpStatusCode.OK)]
    [InlineData(People.Tomas, HttpStatusCode.OK)]
    public async Task Circuit_ForEachPerson_OpensOrNot(string person, HttpStatusCode status)
    {
        using var browser = new HttpBrowser(bench.App.Url);
        if (person != Anonymous) (await browser.SignInAsync(person)).Dispose();

        foreach (var path in (string[])["/_blazor/negotiate", "/_BLAZOR/negotiate", "/%5fblazor/negotiate/"])
        {
            using var answer = await browser.FetchAsync(HttpMethod.Post, path + "?negotiateVersion=1");
            answer.StatusCode.ShouldBe(status, path);
        }
    }

    private static string[] SpellingsOf(string path)
    {
        var withQuery = path + "?callSid=CA" + new string('1', 32);
        return path == "/"
            ? ["/", withQuery]
            : [path, path.ToUpperInvariant(), path + "/", withQuery, $"/%{(int)path[1]:x2}{path[2..]}", "/x/.." + path];
    }

    /// <summary>The console redirects admins who take no payments to the setup page.</summary>
    private static bool IsLedToSetup(HttpResponseMessage page, string person) =>
        person == People.Tomas && page.StatusCode == HttpStatusCode.Found
            && page.Headers.Location!.OriginalString.EndsWith("/setup", StringComparison.Ordinal);

    private static void ShouldLeadAway(HttpResponseMessage page, string person)
    {
        page.StatusCode.ShouldBe(HttpStatusCode.Found);
        if (person == Anonymous) page.Headers.Location!.AbsolutePath.ShouldEndWith("/authorize");
        else page.Headers.Location!.OriginalString.ShouldBe("/denied?reason=no-role");
    }
}
