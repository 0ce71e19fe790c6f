namespace AgentPay.Web.Components;

/// <summary>
/// What the screens say. The English text is the key, so it stands where it is shown; a translation is a file <c>Words.{culture}.resx</c>
/// beside this one, named in <see cref="ConsoleFeature"/>.
/// </summary>
public sealed class Words;
