namespace AgentPay.Web.CardData;

/// <summary>Splits a text into runs. A run is a list of digit groups with short separators between them.</summary>
internal sealed class CardRuns
{
    private const int LongestSeparator = 3;
    private const int ShortestTelephone = 8;
    private const int LongestTelephone = 15;

    private readonly List<CardCharacter> _characters;
    private readonly bool[] _isExcluded;

    private CardRuns(string text, IEnumerable<(int Start, int Length)> identifiers)
    {
        _characters = CardText.Read(text);
        _isExcluded = new bool[_characters.Count];
        Exclude(identifiers);
        ExcludeTelephones();
    }

    /// <param name="identifiers">The identifiers in the text, in ascending order of their start. Their digits are left out.</param>
    public static IEnumerable<List<CardCharacter[]>> Of(string text, IEnumerable<(int Start, int Length)> identifiers) =>
        new CardRuns(text, identifiers).Runs();

    private IEnumerable<List<CardCharacter[]>> Runs()
    {
        List<CardCharacter[]> run = [];
        for (var at = 0; at < _characters.Count;)
        {
            var end = EndOfDigits(at);
            if (end > at) run.Add([.. _characters[at..end]]);
            var next = end > at ? NextGroup(end) : null;
            at = next ?? Math.Max(end, at + 1);
            if (next is not null || run.Count == 0) continue;
            yield return run;
            run = [];
        }
    }

    private void Exclude(IEnumerable<(int Start, int Length)> identifiers)
    {
        var at = 0;
        foreach (var (start, length) in identifiers)
        {
            while (at < _characters.Count && _characters[at].Start < start) at++;
            for (; at < _characters.Count && _characters[at].Start < start + length; at++) _isExcluded[at] = true;
        }
    }

    // Excludes each plus sign that is followed by as many digits as a telephone number has.
    private void ExcludeTelephones()
    {
        for (var at = 0; at + 1 < _characters.Count; at++)
        {
            if (!IsLeadingPlus(at) || EndOfDigits(at + 1) == at + 1) continue;
            var (end, digits) = (at + 1, 0);
            for (int? next = end; next is { } group; next = NextGroup(end))
            {
                if (IsLeadingPlus(group - 1, at) || HasListSeparator(end, group)) break;
                end = EndOfDigits(group);
                digits += end - group;
            }
            if (digits is >= ShortestTelephone and <= LongestTelephone) Array.Fill(_isExcluded, true, at, end - at);
        }
    }

    // Whether the range contains a separator of lists, which no telephone number contains.
    private bool HasListSeparator(int start, int end) =>
        _characters[start..end].Exists(character => character.Value.Value is ',' or ';' or '/' or '|' or '\n');

    // A plus between two digits is a separator: forms encode a space as a plus.
    private bool IsLeadingPlus(int at, int except = -1) =>
        at != except && _characters[at].Value.Value == '+' && (at == 0 || !_characters[at - 1].IsDigit);

    private int EndOfDigits(int at)
    {
        while (at < _characters.Count && _characters[at].IsDigit && !_isExcluded[at]) at++;
        return at;
    }

    // Returns the start of the next group of digits; null if no group follows after a short separator.
    private int? NextGroup(int at)
    {
        var next = at;
        while (next < _characters.Count && next - at < LongestSeparator && _characters[next].IsSeparator && !_isExcluded[next]) next++;
        return next > at && next < _characters.Count && _characters[next].IsDigit && !_isExcluded[next] ? next : null;
    }
}
